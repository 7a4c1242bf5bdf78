"""A subscriber's own affairs: settling in, what they get, settings, privacy, reminders."""
