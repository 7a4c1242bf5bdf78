"""The ground of every text: gettext, dates, and the names of topics, places and frequencies."""
