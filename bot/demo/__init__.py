"""The demo: the real bot in a local Telegram, with sample content, people and towns."""
