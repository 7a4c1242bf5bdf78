"""Getting bytes from strangers: only from public addresses, bounded in size and time, and politely."""
