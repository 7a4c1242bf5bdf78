"""Every table of the house, for SQLite and PostgreSQL alike; docs/schema.md draws them.

The full-text index is not here: it differs by engine and is made by storage.search.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite keeps whole microseconds since 1970, so that it compares as a number."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return _microseconds(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]
        return datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000)


def _microseconds(value: datetime) -> int:
    delta = value - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


Key = BigInteger().with_variant(Integer, "sqlite")


# --- ground ----------------------------------------------------------------------------------------------------------

territories = Table(
    "territories",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("parent", ForeignKey("territories.code"), index=True),
    Column("time_zone", String(40), nullable=False),
    Column("centre", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("population", Integer, nullable=False, server_default="0"),
)

# Each territory beside every territory that contains it, itself included: what makes
# "Хакасия includes Саяногорск" a join and not a recursion.
territory_paths = Table(
    "territory_paths",
    metadata,
    Column("code", ForeignKey("territories.code"), primary_key=True),
    Column("ancestor", ForeignKey("territories.code"), primary_key=True),
    Index("ix_territory_paths_ancestor", "ancestor", "code"),
    sqlite_with_rowid=False,
)

# --- what comes in ---------------------------------------------------------------------------------------------------

sources = Table(
    "sources",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("territory", ForeignKey("territories.code")),
    Column("trust", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("every_minutes", Integer),
    Column("settings", JSON, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    # Of the body that was parsed last: servers without ETag repeat themselves too.
    Column("body_hash", String(64)),
    # How many texts it listed last; from some to none is a fault, not news.
    Column("listed", Integer, nullable=False, server_default="0"),
    Column("seeded_at", Moment),
    Column("last_poll_at", Moment),
    Column("last_success_at", Moment),
    Column("last_change_at", Moment),
    Column("last_error", Text),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("alarmed_at", Moment),
    Column("next_poll_at", Moment),
    Column("added_by", BigInteger),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("kind", "url"),
    Index("ix_sources_due", "state", "next_poll_at"),
)

publications = Table(
    "publications",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False),
    Column("external_id", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("text", Text, nullable=False),
    # An address, or the key under which the messenger that it came through holds it.
    Column("photo", Text),
    Column("published_at", Moment),
    Column("content_hash", String(64), nullable=False),
    Column("item_id", ForeignKey("items.id"), index=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("added_at", Moment, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("vanished_at", Moment),
    # When analysis made an item of this version; NULL is work to do.
    Column("read_at", Moment),
    # Times the source states itself (a calendar); NULL where they are to be read out of the text.
    Column("occurrence", JSON),
    # Came with a first crawl, a burst or an archive: found by whoever asks, never broadcast.
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("source_id", "external_id"),
    Index("ix_publications_source_id_fetched_at", "source_id", "fetched_at"),
    Index(
        "ix_publications_unread",
        "id",
        sqlite_where=text("read_at IS NULL"),
        postgresql_where=text("read_at IS NULL"),
    ),
)

items = Table(
    "items",
    metadata,
    # Dense and in order of arrival: the full-text index ranges over it.
    Column("id", Key, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("photo", Text),
    Column("url", Text),
    Column("published_at", Moment, nullable=False),
    Column("territories", JSON, nullable=False),
    Column("regions", JSON, nullable=False),
    Column("place", Text),
    Column("topics", JSON, nullable=False),
    Column("event_id", ForeignKey("events.id"), index=True),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("version", Integer, nullable=False, server_default="1"),
    # Words that each claim rests on, and the fields in doubt: [{"claim", "value", "words", "start"}], ["place"].
    Column("evidence", JSON, nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("signature", LargeBinary),
    # What its text in review says of an event that people know already: an EventDraft, taken over once it is let out.
    Column("proposal", JSON(none_as_null=True)),
    Column("added_at", Moment, nullable=False),
    # Set once matched against subscriptions (or decided never to be: first crawl, burst); NULL is work to do.
    Column("matched_at", Moment),
    Column("updated_at", Moment, nullable=False),
    Index("ix_items_state_published_at", "state", "published_at"),
    Index(
        "ix_items_unmatched", "id", sqlite_where=text("matched_at IS NULL"), postgresql_where=text("matched_at IS NULL")
    ),
)

item_territories = Table(
    "item_territories",
    metadata,
    Column("territory", ForeignKey("territories.code"), primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_item_territories_item_id", "item_id"),
    sqlite_with_rowid=False,
)

item_topics = Table(
    "item_topics",
    metadata,
    Column("topic", String(24), primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_item_topics_item_id", "item_id"),
    sqlite_with_rowid=False,
)

# MinHash bands of recent items: two that share one are compared.
item_bands = Table(
    "item_bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("added_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("start_date", Date),
    Column("end_date", Date),
    Column("start_time", Time),
    Column("end_time", Time),
    Column("time_zone", String(40), nullable=False),
    Column("starts_at", Moment, index=True),
    Column("ends_at", Moment, index=True),
    Column("territory", ForeignKey("territories.code")),
    Column("venue", Text),
    Column("link", Text),
    Column("programme", Text, nullable=False, server_default=""),
    Column("capacity", Integer),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("updated_at", Moment, nullable=False),
    # The sequence people know of, and the time, place and status they were told with it.
    Column("told_sequence", Integer),
    Column("told", JSON),
)

# What the machine leaves to a person: a correction of what was sent, an event that vanished, a burst.
questions = Table(
    "questions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    # One question for one matter: "correction:17:2", "vanished:5". A second asking finds the first.
    Column("key", Text, nullable=False, unique=True),
    Column("territory", ForeignKey("territories.code")),
    Column("source_id", ForeignKey("sources.id")),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE")),
    Column("event_id", ForeignKey("events.id")),
    Column("details", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("answered_at", Moment),
    Column("answered_by", BigInteger),
    Column("answer", String(16)),
    Index(
        "ix_questions_open",
        "territory",
        "id",
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
    ),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("id", Key, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("at", Moment, nullable=False, index=True),
    UniqueConstraint("event_id", "title"),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("author_chat_id", BigInteger, index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("photos", JSON, nullable=False),
    Column("territory", ForeignKey("territories.code")),
    Column("is_event", Boolean, nullable=False, server_default=text("false")),
    Column("reason", Text, nullable=False, server_default=""),
    Column("similar_to", ForeignKey("items.id")),
    Column("similarity", Float, nullable=False, server_default="0"),
    Column("item_id", ForeignKey("items.id")),
    Column("moderator_id", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# --- people ----------------------------------------------------------------------------------------------------------

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Key, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False, server_default="0"),
    Column("kind", String(8), nullable=False),
    Column("language", String(8), nullable=False),
    Column("time_zone", String(40), nullable=False),
    Column("home", ForeignKey("territories.code"), index=True),
    Column("quiet_start", Time),
    Column("quiet_end", Time),
    Column("digest_hour", SmallInteger, nullable=False, server_default="19"),
    Column("paused_until", Moment),
    Column("blocked_at", Moment),
    Column("blocked_reason", Text),
    Column("consent_version", Integer),
    Column("consented_at", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
    # Whose clock shows the digest's hour, and which zones there are at all.
    Index("ix_subscribers_time_zone_digest_hour", "time_zone", "digest_hour"),
    CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False),
    Column("territory", ForeignKey("territories.code"), nullable=False),
    # "" is every topic: NULLs would not be unique.
    Column("topic", String(24), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("frequency", String(8), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("end_reason", String(16)),
    Index(
        "uq_subscriptions_live",
        "subscriber_id",
        "territory",
        "topic",
        "words",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index(
        "ix_subscriptions_matching",
        "territory",
        "topic",
        "frequency",
        "subscriber_id",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

roles = Table(
    "roles",
    metadata,
    Column("user_id", BigInteger, primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("territory", ForeignKey("territories.code"), primary_key=True),
    Column("granted_by", BigInteger),
    Column("granted_at", Moment, nullable=False),
)

# Answers of people to an event: «Приду», «Возможно», «Не смогу».
attendances = Table(
    "attendances",
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("answer", String(8), nullable=False),
    Column("answered_at", Moment, nullable=False),
    Index("ix_attendances_subscriber_id", "subscriber_id"),
)

# A reminder says how long before; when it is due follows from the event or deadline as it stands now.
reminders = Table(
    "reminders",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("deadline_id", ForeignKey("deadlines.id", ondelete="CASCADE")),
    Column("minutes_before", Integer, nullable=False),
    Column("due_at", Moment),
    # The moment it was sent for: when the event moves, the reminder is owed again.
    Column("sent_for", Moment),
    Index(
        "uq_reminders_of_event",
        "subscriber_id",
        "event_id",
        "minutes_before",
        unique=True,
        sqlite_where=text("deadline_id IS NULL"),
        postgresql_where=text("deadline_id IS NULL"),
    ),
    Index(
        "uq_reminders_of_deadline",
        "subscriber_id",
        "deadline_id",
        "minutes_before",
        unique=True,
        sqlite_where=text("deadline_id IS NOT NULL"),
        postgresql_where=text("deadline_id IS NOT NULL"),
    ),
    Index("ix_reminders_due_at", "due_at"),
)

# --- what goes out ---------------------------------------------------------------------------------------------------

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("event_id", ForeignKey("events.id")),
    Column("around", Date),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", Key, primary_key=True),
    Column("author_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("priority", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("photo", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("territories", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("scheduled_at", Moment),
    Column("at_most_once", Boolean, nullable=False, server_default=text("false")),
    Column("paid", Boolean, nullable=False, server_default=text("false")),
    Column("approved_by", BigInteger),
    Column("event_id", ForeignKey("events.id")),
    Column("item_id", ForeignKey("items.id")),
    Column("campaign_id", ForeignKey("campaigns.id")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

announcement_versions = Table(
    "announcement_versions",
    metadata,
    Column("announcement_id", ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("photo", Text),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
)

mailings = Table(
    "mailings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("lane", String(8), nullable=False),
    Column("promise", String(16), nullable=False),
    Column("announcement_id", ForeignKey("announcements.id"), index=True),
    Column("item_id", ForeignKey("items.id"), index=True),
    Column("event_id", ForeignKey("events.id"), index=True),
    Column("corrects", ForeignKey("mailings.id"), index=True),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("paid", Boolean, nullable=False, server_default=text("false")),
    # One mailing for one matter: "item:17", "digest:2026-11-21", "recall:5". A second attempt finds the first.
    Column("key", Text, unique=True),
    # Where the freezing of a large audience goes on after a crash, and when it was done.
    Column("frozen_through", BigInteger, nullable=False, server_default="0"),
    Column("frozen_at", Moment),
    # How many deliveries were written: grows with the audience, whatever becomes of them.
    Column("size", Integer, nullable=False, server_default="0"),
    # Who was meant when it was made; what is edited afterwards changes nothing.
    Column("audience", JSON),
    Column("content", JSON),
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Index("ix_mailings_state", "state", "lane"),
)

# As it is on SQLite. On PostgreSQL the two foreign keys and the index by subscriber are not there, for what they cost a
# fan-out (ADR 4), and the pair is unique the other way round, which serves what that index did.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Key, primary_key=True),
    Column("mailing_id", ForeignKey("mailings.id"), nullable=False),
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="SET NULL")),
    Column("state", String(8), nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    # Not before this moment (quiet hours, a chat that was sent to too often); NULL is at once.
    Column("due_at", Moment),
    Column("message_id", BigInteger),
    # The version of the mailing's content that left: a correction edits what is older.
    Column("version", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    # What is this subscriber's alone: the entries of a digest, the subscription that matched.
    Column("content", JSON),
    Column("settled_at", Moment),
    UniqueConstraint("mailing_id", "subscriber_id"),
    # The outbox, what is ambiguous, and every count of progress and report, by this one index.
    Index("ix_deliveries_mailing_id_state", "mailing_id", "state", "id"),
    Index("ix_deliveries_subscriber_id", "subscriber_id"),
)

# An item that concerns a subscriber, once whatever overlaps: why it came, and whether it was given already.
matches = Table(
    "matches",
    metadata,
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("frequency", String(8), nullable=False),
    # The mailing that carries it; NULL waits for a digest.
    Column("mailing_id", ForeignKey("mailings.id")),
    Index("ix_matches_item_id", "item_id"),
    Index(
        "ix_matches_waiting",
        "subscriber_id",
        "frequency",
        sqlite_where=text("mailing_id IS NULL"),
        postgresql_where=text("mailing_id IS NULL"),
    ),
    sqlite_with_rowid=False,
)

# A digest's run: unique by subscriber and period, whatever restarts in between.
digests = Table(
    "digests",
    metadata,
    Column("subscriber_id", ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("frequency", String(8), primary_key=True),
    Column("period", Date, primary_key=True),
    Column("delivery_id", ForeignKey("deliveries.id")),
    Column("made_at", Moment, nullable=False),
)

# --- the process -----------------------------------------------------------------------------------------------------

# Every update, written before it is acknowledged; what is not done is done after a restart.
updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True),
    Column("payload", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("done_at", Moment, index=True),
    Index(
        "ix_updates_waiting",
        "update_id",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("chat_id", BigInteger, primary_key=True),
    Column("user_id", BigInteger, primary_key=True),
    Column("thread_id", BigInteger, primary_key=True, server_default="0"),
    Column("state", Text),
    Column("data", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
)

# Who may act alone: the sender, the poller. Fenced by the owner's name.
leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("error", Text),
)

# How many items hold a lemma: decides how a query is ranked, and is the dictionary of spelling.
terms = Table(
    "terms",
    metadata,
    Column("term", Text, primary_key=True),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Counts that are still to be added to `terms`: there the words of each item would touch most pages of the table.
term_counts = Table(
    "term_counts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("counted", Text, nullable=False),
)
