"""The tables of the register as they are now; ``migrations/`` holds how they became so.

What must never happen twice is a unique index here, not a check in the code that enters: two processes can both
look first and write afterwards. What must never be undone (an event, a number once given) is a trigger.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time as ISO 8601 text with the offset it was written with, so that the office's own day stays readable."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()
_Key = BigInteger().with_variant(Integer(), "sqlite")  # SQLite makes only INTEGER the row's own address

submission = Table(
    "submission",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("findings", Integer, nullable=False, server_default="0"),
    CheckConstraint("state IN ('entered', 'finished', 'returned')", name="submission_state"),
    Index("submission_sha256", "sha256"),
    Index(
        "submission_entered",
        "received_at",
        sqlite_where=text("state = 'entered'"),
        postgresql_where=text("state = 'entered'"),
    ),
)

paper = Table(
    "paper",
    metadata,
    # ``rows.first_key``: the day of the paper in the upper bits, so that the order of keys is the order of dates.
    Column("key", _Key, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("content", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("kind_name", String, nullable=False),
    Column("title", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("organisation_code", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("date", Date, nullable=False),
    Column("number", String, nullable=False),
    Column("series", String, nullable=False),
    Column("n", Integer, nullable=False),
    Column("archival_code", String, nullable=False),
    Column("lowest_class", String, nullable=False),
    Column("piece", Integer, nullable=False),
    Column("retention", String, nullable=False),
    Column("submission", ForeignKey("submission.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("source_name", String, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("status", String, nullable=False),
    Column("pages", Integer, nullable=False, server_default="0"),
    Column("text", Text, nullable=False),
    Column("data", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("replaces", String, nullable=False, server_default=""),  # the version before; it may be lost, so no key
    Column("correction", String, nullable=False, server_default=""),
    Index(
        "paper_replaces",
        "replaces",
        unique=True,
        sqlite_where=text("replaces <> ''"),
        postgresql_where=text("replaces <> ''"),
    ),
    Index("paper_id", "id", unique=True),
    # One valid paper for each identity: a later version of it takes the place of the one before.
    Index(
        "paper_identity",
        "identity",
        unique=True,
        sqlite_where=text("status = 'valid'"),
        postgresql_where=text("status = 'valid'"),
    ),
    # A paper that waits for the yearly arrangement has neither 件号 nor 档号.
    Index(
        "paper_piece",
        "lowest_class",
        "piece",
        unique=True,
        sqlite_where=text("piece > 0"),
        postgresql_where=text("piece > 0"),
    ),
    Index(
        "paper_archival_code",
        "archival_code",
        unique=True,
        sqlite_where=text("piece > 0"),
        postgresql_where=text("piece > 0"),
    ),
    Index(
        "paper_unarranged",
        "year",
        sqlite_where=text("piece = 0"),
        postgresql_where=text("piece = 0"),
    ),
    Index("paper_number", "number"),
    Index("paper_submission", "submission", "position"),
    Index(
        "paper_out_of_force",
        "status",
        "key",
        sqlite_where=text("status <> 'valid'"),
        postgresql_where=text("status <> 'valid'"),
    ),
    Index("paper_holding", "year", "organisation_code", "organisation"),
    Index("paper_versions", "identity", "status"),
    Index("paper_kind", "kind", "key"),
)

number = Table(
    "number",
    metadata,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("text", String, nullable=False),
    # Whether the text names its issuer. 铜王组发〔2020〕50号 does and may exist once; 第3期 exists in every series.
    Column("names_issuer", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("paper", ForeignKey("paper.id")),
    Column("submission", ForeignKey("submission.id")),
    Column("act", ForeignKey("act.seq")),
    Column("actor", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", String, nullable=False, server_default=""),
    # What is known of a paper that is not in the archive: one of the paper register, or one that was lost.
    Column("title", String, nullable=False, server_default=""),
    Column("date", Date),
    Column("until", Date),
    CheckConstraint("state IN ('allocated', 'reserved', 'void', 'imported')", name="number_state"),
    CheckConstraint("n >= 1", name="number_from_one"),
    Index(
        "number_text",
        "text",
        unique=True,
        sqlite_where=text("names_issuer"),
        postgresql_where=text("names_issuer"),
    ),
    Index(
        "number_reserved",
        "series",
        "year",
        "n",
        sqlite_where=text("state = 'reserved'"),
        postgresql_where=text("state = 'reserved'"),
    ),
    Index("number_owner", "paper"),
    Index("number_at", "at"),
)

act = Table(
    "act",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("action", String, nullable=False),
    Column("state", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", String, nullable=False),
    Column("until", Date),
    CheckConstraint("action IN ('reserve', 'release', 'void', 'import')", name="act_action"),
    CheckConstraint("state IN ('entered', 'finished')", name="act_state"),
)

act_line = Table(
    "act_line",
    metadata,
    Column("act", ForeignKey("act.seq"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("series", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("title", String, nullable=False),
    Column("date", Date),
    Column("note", String, nullable=False),
)

act_file = Table(
    "act_file",
    metadata,
    Column("act", ForeignKey("act.seq"), primary_key=True, autoincrement=False),
    Column("role", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", _Key, nullable=False),
    Index("act_file_path", "path"),
)

deed = Table(
    "deed",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("action", String, nullable=False),
    Column("state", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("also", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", String, nullable=False),
    Column("details", JSON, nullable=False),
    CheckConstraint("state IN ('entered', 'finished')", name="deed_state"),
)

deed_line = Table(
    "deed_line",
    metadata,
    Column("deed", ForeignKey("deed.seq"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("paper", String, nullable=False),  # no key: a deed outlives a paper whose record is lost
    Column("number", String, nullable=False),
    Column("title", String, nullable=False),
    Column("archival_code", String, nullable=False),
    Column("details", JSON, nullable=False),
    Index("deed_line_paper", "paper", "deed"),
)

deed_file = Table(
    "deed_file",
    metadata,
    Column("deed", ForeignKey("deed.seq"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),  # of the line, from 1; 0: the deed's own
    Column("role", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", _Key, nullable=False),
    Index("deed_file_path", "path", unique=True),
)

lost_piece = Table(
    "lost_piece",  # 件号 of papers that the archive had lost when the register was made anew; never given again
    metadata,
    Column("lowest_class", String, primary_key=True),
    Column("piece", Integer, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("paper_key", ForeignKey("paper.key"), primary_key=True, autoincrement=False),
    Column("role", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", _Key, nullable=False),
    # One workbook is the source of many papers; every other file belongs to one.
    Index(
        "file_path",
        "path",
        unique=True,
        sqlite_where=text("role <> 'source'"),
        postgresql_where=text("role <> 'source'"),
    ),
)

person = Table(
    "person",
    metadata,
    Column("paper_key", ForeignKey("paper.key"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Index("person_name", "name"),
)

event = Table(
    "event",
    metadata,
    Column("seq", _Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("paper", String, nullable=False),  # "" for an event of a whole submission; no key: events outlive all
    Column("action", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("details", JSON, nullable=False),
    Column("link", String, nullable=False),  # digest of this event and the one before (chain.py)
    Index("event_paper", "paper", "seq"),
    sqlite_autoincrement=True,
)
