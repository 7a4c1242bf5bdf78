"""What people find and read: items and events, as they are made, reviewed, changed, shown and given to other sites."""
