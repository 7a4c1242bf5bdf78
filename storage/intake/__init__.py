"""What comes in, before it is news: sources, what they published, suggestions, and the stories known already."""
