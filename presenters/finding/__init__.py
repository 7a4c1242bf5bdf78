"""Questions and lists, and the cards they lead to."""
