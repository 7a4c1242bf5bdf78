"""What people agree to, and what is left of them when they leave."""

from dataclasses import dataclass

TERMS = 1
"""Version of the terms of privacy: grows with every change of what is kept or why; people are asked anew."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was forgotten, for the person to read."""

    subscriptions: int
    answers: int
    """To events, and reminders."""
    suggestions: int
    deliveries: int
    """Kept as figures, but no longer saying to whom."""
    roles: int
