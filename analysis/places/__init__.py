"""Where a text belongs: the names in it are weighed, and the place that names the text is chosen."""
