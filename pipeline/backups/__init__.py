"""Backups (备份) of a whole office: made while it works, proved by reading them back, and brought back elsewhere."""

from pipeline.backups.making import Made, back_up
from pipeline.backups.restoring import Restored, Wanted, restore

__all__ = ["Made", "Restored", "Wanted", "back_up", "restore"]
