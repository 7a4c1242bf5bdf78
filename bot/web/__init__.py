"""What the process says over HTTP: whether it is well, its figures, and its events as calendars, feeds and pages."""
