"""What comes in, before it is news: sources, what they published, suggestions, and what waits for a moderator."""
