"""What comes by itself: announcements, items, digests, notices, and the ways to tame them."""
