"""The history becomes a chain: every event gets the digest of itself and of the event before it.

Revision ID: 0004
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from pipeline.register.chain import NOTHING, link

revision = "0004"
down_revision = "0003"

_KEPT = "UPDATE ON event WHEN 1 BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END"


def upgrade() -> None:
    op.execute("DROP TRIGGER event_is_kept")
    op.add_column("event", sa.Column("link", sa.String, nullable=False, server_default=""))
    connection = op.get_bind()
    last = NOTHING
    query = sa.text("SELECT seq, at, paper, action, actor, details FROM event ORDER BY seq")
    for row in connection.execute(query).mappings().all():
        last = link(last, {**row, "details": json.loads(row["details"])})
        connection.execute(sa.text("UPDATE event SET link = :link WHERE seq = :seq"), {"link": last, "seq": row["seq"]})
    op.execute(f"CREATE TRIGGER event_is_kept BEFORE {_KEPT}")
