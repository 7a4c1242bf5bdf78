"""Screens of those who have a role: composing, watching, correcting, moderating, granting."""
