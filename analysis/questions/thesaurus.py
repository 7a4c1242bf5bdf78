"""Synonyms of municipal life, by lemma, from a file that people can edit."""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from analysis.text.lemmas import lemmas


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Lemma → lemmas of words that mean the same here; phrases of several words add the lemmas of all of them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in files("analysis.data").joinpath("thesaurus.txt").read_text(encoding="utf-8").splitlines():
        entry = line.split("#")[0].strip()
        if not entry:
            continue
        left, one_way, right = entry.partition(">")
        askers = _terms(left)
        answers = _terms(right) if one_way else askers
        for asked in askers:
            if " " not in asked:
                for answer in answers:
                    if answer != asked and " " not in answer:
                        found[asked][answer] = None
    return {asked: tuple(answers) for asked, answers in found.items()}


def _terms(group: str) -> list[str]:
    terms: list[str] = []
    for term in group.split(","):
        words = re.findall(r"[^\W_]+", term)
        if len(words) == 1:
            terms += lemmas(words[0])[:2]
        elif words:
            terms.append(" ".join(lemmas(word)[0] for word in words))
    return terms
