"""From new items to those they concern: at once as a mailing of its own, or kept for each one's digest."""

from datetime import datetime

from analysis.questions.asking import is_stop
from analysis.text.lemmas import lemmas, tokens
from domain.items import Item
from domain.mailings import Lane, MailingDraft, MailingKind
from storage.content import items
from storage.engine import Database
from storage.outbox import mailings, matches


async def match_new(database: Database, now: datetime) -> int:
    """Matches what was published since; returns how many items. Begun anew after a crash, it repeats nothing."""
    async with database.read() as connection:
        waiting = await matches.unmatched(connection)
    for item_id in waiting:
        await _match(database, item_id, now)
    return len(waiting)


async def _match(database: Database, item_id: int, now: datetime) -> None:
    async with database.read() as connection:
        item = await items.get(connection, item_id)
        assert item is not None  # noqa: S101  items are never deleted
        groups = await matches.groups(connection, item)
        saved = await matches.saved(connection, item)
    held = held_lemmas(item) if saved else frozenset()
    answered = [one.subscription_id for one in saved if answers(held, one.words)]
    async with database.begin() as connection:
        await matches.write_saved(connection, item_id, answered)
    for group in groups:
        after: int | None = 0
        while after is not None:
            async with database.begin() as connection:
                after = await matches.write_group(connection, item_id, group, after)
    async with database.begin() as connection:
        if await matches.mark_matched(connection, item_id, now):
            await mailings.create(connection, _mailing(item), now)


def answers(held: frozenset[str], words: str) -> bool:
    """Whether a text of these lemmas holds every word of a saved search, in any form."""
    wanted = [word for word in tokens(words) if not is_stop(word)]
    return bool(wanted) and all(held.intersection(lemmas(word)) for word in wanted)


def held_lemmas(item: Item) -> frozenset[str]:
    return frozenset(lemma for word in set(tokens(f"{item.title}\n{item.text}")) for lemma in lemmas(word))


def _mailing(item: Item) -> MailingDraft:
    return MailingDraft(
        kind=MailingKind.ITEM,
        key=f"item:{item.id}",
        lane=Lane.URGENT if item.urgent else Lane.ORDINARY,
        item_id=item.id,
        event_id=item.event_id,
    )
