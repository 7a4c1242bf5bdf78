"""What speed costs: Telegram takes a tenth of a Star for a message above what every bot may send for nothing."""

MESSAGES_PER_STAR = 10


def stars(messages: int) -> int:
    """The most that so many messages can cost."""
    return -(-messages // MESSAGES_PER_STAR)
