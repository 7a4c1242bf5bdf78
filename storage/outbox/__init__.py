"""What is owed to whom and what became of it: mailings, audiences, deliveries, digests, reminders, reports."""
