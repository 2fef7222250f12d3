"""Papers that wait for the yearly arrangement: they have no 档号 and no 件号, and may be many.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    given, waiting = sa.text("piece > 0"), sa.text("piece = 0")
    for name, columns in (("paper_piece", ["lowest_class", "piece"]), ("paper_archival_code", ["archival_code"])):
        op.drop_index(name, "paper")
        op.create_index(name, "paper", columns, unique=True, sqlite_where=given, postgresql_where=given)
    op.create_index("paper_unarranged", "paper", ["year"], sqlite_where=waiting, postgresql_where=waiting)
