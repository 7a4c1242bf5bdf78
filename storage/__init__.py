"""The only place with SQL. Functions take a connection first; whoever acts opens `database.begin()`."""
