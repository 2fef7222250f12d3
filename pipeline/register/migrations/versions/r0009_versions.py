"""Versions: which paper a corrected one takes the place of, and why.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("paper", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("paper", sa.Column("replaces", sa.String, nullable=False, server_default=""))
    op.add_column("paper", sa.Column("correction", sa.String, nullable=False, server_default=""))
    later = sa.text("replaces <> ''")
    op.create_index("paper_replaces", "paper", ["replaces"], unique=True, sqlite_where=later, postgresql_where=later)
