"""Builders of the objects that tests need, with sensible values for what a test does not care about."""
