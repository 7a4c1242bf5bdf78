"""What keeps the process going: the inbox of updates, leases, runs of jobs, the index, figures, a checkup."""
