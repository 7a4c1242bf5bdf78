"""What concerns a chat as such: groups, channels, membership."""
