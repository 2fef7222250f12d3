"""A finished submission may be entered again: papers of a workbook may come in by several sets (``gongwen import``).

A returned one stays what it is, and none becomes one.

Revision ID: 0008
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_FIXED = "OLD.state = 'returned' OR NEW.state = 'returned' OR OLD.state = NEW.state"


def upgrade() -> None:
    op.execute("DROP TRIGGER submission_goes_forward")
    op.execute(
        "CREATE TRIGGER submission_goes_forward BEFORE UPDATE OF state ON submission "
        f"WHEN {_FIXED} BEGIN SELECT RAISE(ABORT, 'a submission is entered or finished, or was returned'); END"
    )
