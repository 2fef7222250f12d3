"""The number book: acts on numbers, numbers known from the paper register, and 件号 of papers that were lost.

A reserved number may be taken by a paper, voided, or given back; no other row of the ledger ever changes. SQLite cannot
change a check in place, so the ledger is copied into a new table (sqlite.org/lang_altertable.html, section 7).

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEPT = "series, year, n, text, names_issuer, state, paper, submission, actor, at, reason"


def upgrade() -> None:
    _acts()
    _numbers()
    op.create_table(
        "lost_piece",
        sa.Column("lowest_class", sa.String, primary_key=True),
        sa.Column("piece", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("title", sa.String, nullable=False),
    )
    _triggers()


def _acts() -> None:
    op.create_table(
        "act",
        sa.Column("seq", _KEY, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("until", sa.Date),
        sa.CheckConstraint("action IN ('reserve', 'release', 'void', 'import')", name="act_action"),
        sa.CheckConstraint("state IN ('entered', 'finished')", name="act_state"),
    )
    op.create_table(
        "act_line",
        sa.Column("act", _KEY, sa.ForeignKey("act.seq"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("series", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("note", sa.String, nullable=False),
    )
    op.create_table(
        "act_file",
        sa.Column("act", _KEY, sa.ForeignKey("act.seq"), primary_key=True, autoincrement=False),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", _KEY, nullable=False),
    )
    op.create_index("act_file_path", "act_file", ["path"])


def _numbers() -> None:
    op.create_table(
        "number_book",
        sa.Column("series", sa.String, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("names_issuer", sa.Boolean, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("paper", sa.String, sa.ForeignKey("paper.id")),
        sa.Column("submission", sa.String, sa.ForeignKey("submission.id")),
        sa.Column("act", _KEY, sa.ForeignKey("act.seq")),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False, server_default=""),
        sa.Column("title", sa.String, nullable=False, server_default=""),
        sa.Column("date", sa.Date),
        sa.Column("until", sa.Date),
        sa.CheckConstraint("state IN ('allocated', 'reserved', 'void', 'imported')", name="number_state"),
        sa.CheckConstraint("n >= 1", name="number_from_one"),
    )
    op.execute(f"INSERT INTO number_book ({_KEPT}) SELECT {_KEPT} FROM number")
    op.drop_table("number")  # its indexes and triggers go with it
    op.rename_table("number_book", "number")
    named = sa.text("names_issuer")
    op.create_index("number_text", "number", ["text"], unique=True, sqlite_where=named, postgresql_where=named)
    kept = sa.text("state = 'reserved'")
    op.create_index("number_reserved", "number", ["series", "year", "n"], sqlite_where=kept, postgresql_where=kept)
    op.create_index("number_owner", "number", ["paper"])
    op.create_index("number_at", "number", ["at"])


def _triggers() -> None:
    forward = (
        "OLD.state = 'reserved' AND NEW.state IN ('allocated', 'void')"
        " AND OLD.series = NEW.series AND OLD.year = NEW.year AND OLD.n = NEW.n"
    )
    refusals = {
        "number_stays": (
            "DELETE ON number",
            "OLD.state <> 'reserved'",
            "a number that was used or voided is never given back",
        ),
        "number_goes_forward": (
            "UPDATE ON number",
            f"NOT ({forward})",
            "only a reserved number changes, and only to allocated or void",
        ),
        "act_stays": ("DELETE ON act", "1", "an act is never removed"),
        "act_goes_forward": (
            "UPDATE ON act",
            "NOT (OLD.state = 'entered' AND NEW.state = 'finished' AND OLD.seq = NEW.seq)",
            "an act only goes from entered to finished",
        ),
        "act_line_is_kept": ("UPDATE ON act_line", "1", "an act is never changed"),
        "act_line_stays": ("DELETE ON act_line", "1", "an act is never removed"),
    }
    for name, (when, condition, message) in refusals.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
