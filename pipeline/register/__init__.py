"""The register (登记册): numbers, papers, submissions, events and the full-text index, in one SQLite file.

The only home of SQLAlchemy and Alembic. ``Register`` is the door; values of ``core`` go in and come out.
"""

from pipeline.register.counts import Holding, LedgerEntry
from pipeline.register.register import Register

__all__ = ["Holding", "LedgerEntry", "Register"]
