"""What leaves the messenger: calendars, feeds and pages."""
