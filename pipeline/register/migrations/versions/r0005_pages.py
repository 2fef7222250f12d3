"""How many pages a paper has: the catalogue of the archive says so of each (DA/T 22-2015 clause 5.5).

Papers that were entered before have 0 until ``reindex`` brings the figure in from the records beside the papers.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("paper", sa.Column("pages", sa.Integer, nullable=False, server_default="0"))
