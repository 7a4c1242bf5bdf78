"""A local Telegram: the Bot API with its limits and refusals, people who talk to the bot, and a chat page."""
