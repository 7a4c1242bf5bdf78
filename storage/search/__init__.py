"""The full-text index and the one way to ask it.

Lemmas and facets stand side by side in one index, so that a filter is an intersection of posting lists and never a
join. docs/search.md tells the design and the figures.
"""

from storage.search.finding import find
from storage.search.ranking import Found, Hit

__all__ = ["Found", "Hit", "find"]
