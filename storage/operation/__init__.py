"""What keeps the process going: the inbox of updates, leases, runs of jobs, what is stuck, figures, a checkup."""
