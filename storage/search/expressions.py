"""What is searched for, as an expression that both engines understand in their own writing."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A lemma or a facet. Letters and digits only: nothing in it can be read as an operator."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class All:
    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    part: "Expression"
    unwanted: "Expression"


Expression = Term | Phrase | Any | All | Without


def any_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def all_of(parts: Sequence[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def fts5(expression: Expression) -> str:
    """In the query language of SQLite's FTS5."""
    match expression:
        case Term(text):
            return f'"{text}"'
        case Phrase(lemmas):
            return f'"{" ".join(lemmas)}"'
        case Any(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case All(parts):
            return f"({' AND '.join(map(fts5, parts))})"
        case Without(part, unwanted):
            return f"({fts5(part)} NOT {fts5(unwanted)})"


def tsquery(expression: Expression) -> str:
    """In the writing of PostgreSQL's tsquery; whether a phrase's lemmas stand side by side is for others to see."""
    match expression:
        case Term(text):
            return f"'{text}'"
        case Phrase(lemmas):
            return f"({' & '.join(tsquery(Term(lemma)) for lemma in lemmas)})"
        case Any(parts):
            return f"({' | '.join(map(tsquery, parts))})"
        case All(parts):
            return f"({' & '.join(map(tsquery, parts))})"
        case Without(part, unwanted):
            return f"({tsquery(part)} & !{tsquery(unwanted)})"
