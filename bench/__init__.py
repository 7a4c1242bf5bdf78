"""Measured comparisons, run by hand; docs/performance*.md hold what they printed and the command beside it."""
