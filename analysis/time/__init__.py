"""Dates and times as Russian writes them, and the windows of days that people ask for."""
