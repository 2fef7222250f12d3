"""The first register: submissions, papers with files and people, the number ledger, events, the full-text index.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _submissions()
    _papers()
    _numbers()
    _events()
    # Contentless: the words stand in ``paper`` already. ``ascii`` takes every character above U+007F for a letter,
    # so that SQLite's own table of Unicode (older than many a surname) has no say in what can be found.
    op.execute(
        "CREATE VIRTUAL TABLE paper_text USING fts5(title, number, organisation, people, body, facets, "
        "content='', tokenize='ascii')"
    )
    _triggers()


def _submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("received_at", sa.String, nullable=False),
        sa.Column("closed_at", sa.String),
        sa.Column("findings", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint("state IN ('entered', 'finished', 'returned')", name="submission_state"),
    )
    op.create_index("submission_sha256", "submission", ["sha256"])


def _papers() -> None:
    op.create_table(
        "paper",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("identity", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("kind_name", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("organisation_code", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("series", sa.String, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("archival_code", sa.String, nullable=False),
        sa.Column("lowest_class", sa.String, nullable=False),
        sa.Column("piece", sa.Integer, nullable=False),
        sa.Column("retention", sa.String, nullable=False),
        sa.Column("submission", sa.String, sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("filed_at", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    valid = sa.text("status = 'valid'")
    op.create_index("paper_id", "paper", ["id"], unique=True)
    op.create_index("paper_identity", "paper", ["identity"], unique=True, sqlite_where=valid, postgresql_where=valid)
    op.create_index("paper_piece", "paper", ["lowest_class", "piece"], unique=True)
    op.create_index("paper_archival_code", "paper", ["archival_code"], unique=True)
    op.create_index("paper_number", "paper", ["number"])
    op.create_index("paper_submission", "paper", ["submission", "position"])
    op.create_index("paper_holding", "paper", ["year", "organisation_code", "organisation"])
    op.create_table(
        "file",
        sa.Column("paper_key", _KEY, sa.ForeignKey("paper.key"), primary_key=True, autoincrement=False),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", _KEY, nullable=False),
    )
    own = sa.text("role <> 'source'")
    op.create_index("file_path", "file", ["path"], unique=True, sqlite_where=own, postgresql_where=own)
    op.create_table(
        "person",
        sa.Column("paper_key", _KEY, sa.ForeignKey("paper.key"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
    )
    op.create_index("person_name", "person", ["name"])


def _numbers() -> None:
    op.create_table(
        "number",
        sa.Column("series", sa.String, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("names_issuer", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("paper", sa.String, sa.ForeignKey("paper.id")),
        sa.Column("submission", sa.String, sa.ForeignKey("submission.id")),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False, server_default=""),
        sa.CheckConstraint("state IN ('allocated', 'reserved', 'void')", name="number_state"),
        sa.CheckConstraint("n >= 1", name="number_from_one"),
    )
    named = sa.text("names_issuer")
    op.create_index("number_text", "number", ["text"], unique=True, sqlite_where=named, postgresql_where=named)
    op.create_index("number_owner", "number", ["paper"])
    op.create_index("number_at", "number", ["at"])


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("seq", _KEY, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("paper", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("event_paper", "event", ["paper", "seq"])


def _triggers() -> None:
    refusals = {
        "event_is_kept": ("UPDATE ON event", "1", "an event is never changed"),
        "event_stays": ("DELETE ON event", "1", "an event is never removed"),
        "number_stays": ("DELETE ON number", "1", "a number is never given back"),
        "paper_stays": ("DELETE ON paper", "1", "a paper is never removed"),
        "submission_stays": ("DELETE ON submission", "1", "a submission is never removed"),
        "submission_goes_forward": (
            "UPDATE OF state ON submission",
            "NOT (OLD.state = 'entered' AND NEW.state = 'finished')",
            "a submission only goes from entered to finished",
        ),
    }
    for name, (when, condition, message) in refusals.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
