"""What names mean: the tree of territories, their names in all forms, and the gazetteer that knows both."""
