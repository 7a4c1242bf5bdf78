"""Domain → words and buttons for people. Pure: no clock, no database, no messenger."""
