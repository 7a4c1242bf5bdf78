"""A resident tells a piece of news."""
