"""The book of deeds: what was done to papers after they were filed. A deed is never changed and never removed.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deed",
        sa.Column("seq", _KEY, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("also", sa.JSON, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.CheckConstraint("state IN ('entered', 'finished')", name="deed_state"),
    )
    op.create_table(
        "deed_line",
        sa.Column("deed", _KEY, sa.ForeignKey("deed.seq"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("paper", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("archival_code", sa.String, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("deed_line_paper", "deed_line", ["paper", "deed"])
    op.create_table(
        "deed_file",
        sa.Column("deed", _KEY, sa.ForeignKey("deed.seq"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("size", _KEY, nullable=False),
    )
    op.create_index("deed_file_path", "deed_file", ["path"], unique=True)
    refusals = {
        "deed_stays": ("DELETE ON deed", "1", "a deed is never removed"),
        "deed_goes_forward": (
            "UPDATE ON deed",
            "NOT (OLD.state = 'entered' AND NEW.state = 'finished' AND OLD.seq = NEW.seq)",
            "a deed only goes from entered to finished",
        ),
        "deed_line_is_kept": ("UPDATE ON deed_line", "1", "a deed is never changed"),
        "deed_line_stays": ("DELETE ON deed_line", "1", "a deed is never removed"),
    }
    for name, (when, condition, message) in refusals.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END")
