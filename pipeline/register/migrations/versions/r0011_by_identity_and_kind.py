"""Papers by what they are about and by their kind, and what is unfinished: asked of every workbook that comes in.

Without these indexes each workbook read the whole register, a little longer every year.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("paper_versions", "paper", ["identity", "status"])
    op.create_index("paper_kind", "paper", ["kind", "key"])
    op.create_index(
        "submission_entered",
        "submission",
        ["received_at"],
        sqlite_where=sa.text("state = 'entered'"),
        postgresql_where=sa.text("state = 'entered'"),
    )
