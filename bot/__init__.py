"""The process: command line, settings, wiring, the table of periodic jobs, the web server."""
