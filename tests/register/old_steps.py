"""Registers as earlier versions of the program made them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from pipeline.register import database


def migrations() -> Config:
    """The steps of the register, for alembic."""
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    return config


@contextmanager
def register_of_step(path: Path, step: str) -> Iterator[Connection]:
    """A new register at ``path`` with the tables of this step, such as "0003"; what the block writes is committed."""
    path.parent.mkdir()
    config, engine = migrations(), database._engine(path)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, step)
        yield connection
    engine.dispose()
