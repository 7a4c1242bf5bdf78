"""What is owed to whom and what became of it: mailings, their audiences and deliveries, digests, reminders, reports."""
