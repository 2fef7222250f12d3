"""The rows a paper was made of stand in the register too, so that papers can be counted and compared.

Papers that were entered before have none until ``reindex`` brings them in from the records beside the papers.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("paper", sa.Column("data", sa.Text, nullable=False, server_default=""))
