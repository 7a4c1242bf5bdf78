"""A resident's suggestion, from its text to what became of it."""
