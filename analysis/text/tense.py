"""Whether a text speaks of what was or of what will be: by the verbs near a date."""

import re
from functools import lru_cache

from analysis.text.lemmas import morph
from analysis.text.patterns import cue

_WORD = re.compile(r"[а-яё]{3,}")
_PLANNED = cue("planned")
_HAPPENED = cue("happened")
_PAST = frozenset(("пришли", "нашли", "пошли"))
"""Which the dictionary takes for imperatives of прислать, наслать, послать."""


@lru_cache(20_000)
def tense(word: str) -> str | None:
    """«past», «futr», «pres» or «impr» of a verb's likeliest parse; None for other words."""
    if word in _PAST:
        return "past"
    parse = morph().parse(word)[0]
    tag = parse.tag
    if "INFN" in tag or tag.POS != "VERB":
        return None
    if "impr" in tag:
        return "impr"
    return str(tag.tense) if tag.tense else None


@lru_cache(64)
def lean(low: str) -> float:
    """Above zero the words look ahead, below zero they look back; ``low`` is in lower case.

    The headline and the clauses of a text are asked for several times while it is read.
    """
    score = 2.0 * len(_PLANNED.findall(low)) - 1.5 * len(_HAPPENED.findall(low))
    for m in _WORD.finditer(low):
        found = tense(m[0])
        score += {"past": -1.0, "futr": 1.0, "pres": 0.3, "impr": 1.0}.get(found or "", 0.0)
    return score
