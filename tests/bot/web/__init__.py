"""The web server, asked over real HTTP."""
