"""Whole paths, walked as people walk them: the chat page in a real browser, the demo as a process of its own."""
