"""The SQLite file itself: how it is opened, brought up to date, and what its errors mean for people.

Write-ahead log, so that a search never waits for a writer; synchronous FULL, so that a commit survives a power cut;
transactions begun by us (``BEGIN IMMEDIATE`` for writers), because Python's driver begins them too late to keep two
planners apart (PITFALLS 4.5). Alembic takes a third of a second to load and is not loaded while the file is current.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged, ConfigurationError, OfficeBusy
from pipeline.core.messages import _
from pipeline.register.filesystem import refuse_network

CURRENT = "0011"
"""The last step in ``migrations/versions``; a test holds the two together."""

BUSY_SECONDS = 20.0
"""How long a writer waits for another one before it says so."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
"""The disk's own faults, which rise as the ``OSError`` they are: nothing is wrong with the register."""


def open_database(path: Path) -> Engine:
    """The database at ``path``, made when missing and up to date.

    Raises ``ConfigurationError`` on a network file system or for a file of a later version, ``ArchiveDamaged`` for
    what is no database, ``OfficeBusy`` when somebody else holds it for longer than ``BUSY_SECONDS``.
    """
    refuse_network(path)
    durable.make_folder(path.parent)
    engine = _engine(path)
    try:
        with worded_errors(path):
            if _version(engine) != CURRENT:
                _migrate(engine, path)
                durable.fsync_folder(path.parent)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the register throughout."""
    with worded_errors(_path(engine)), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The only writing transaction on this file: committed at the end, gone without trace when anything is raised."""
    with (
        worded_errors(_path(engine)),
        engine.connect().execution_options(writing=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def worded_errors(path: Path) -> Iterator[None]:
    """What a person can mend among SQLite's errors, in words, or as the ``OSError`` of a disk; the rest as it is."""
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise OfficeBusy(
                _("登记册正被另一个程序使用"), where=str(path), remedy=_("等它做完，再运行一次")
            ) from error
        if code in _DAMAGED:
            raise ArchiveDamaged(
                _("登记册文件已损坏，读不出来"),
                where=str(path),
                remedy=_("运行 gongwen reindex，从归档文件重建登记册；损坏的文件会另存在旁边"),
            ) from error
        if code in _DISK:
            raise OSError(_DISK[code], str(error.orig), str(path)) from error
        raise


def copy_database(source: Path, target: Path) -> None:
    """The whole of one database into another, as one transaction of the target; ``source`` may be in use."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target, timeout=60)) as other:
        one.backup(other)


def sound(engine: Engine) -> bool:
    """Whether SQLite finds nothing wrong with the file."""
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok")
    except DatabaseError:
        return False


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _path(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _version(engine: Engine) -> str:
    """The step this file is at; "" for a new file."""
    with engine.connect() as connection:
        table = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
        if table is None:
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _migrate(engine: Engine, path: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            _("登记册是用更新版本的程序建立的，本程序不认识它（{error}）").format(error=error),
            where=str(path),
            remedy=_("升级 gongwen 后再用"),
        ) from error
