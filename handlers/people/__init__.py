"""A person's own affairs: settling in, subscriptions, settings, privacy, reminders."""
