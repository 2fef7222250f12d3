"""The log: one JSON object a line, turned over when it is large, with the submission's id in every line about it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

_MEGABYTE = 1_000_000
_KEPT = 20
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

_subject: ContextVar[dict[str, str] | None] = ContextVar("subject", default=None)


@contextmanager
def one_workbook(file: str) -> Iterator[None]:
    """Everything logged in the block is about one workbook; ``claimed_as`` adds its submission when it is known."""
    token = _subject.set({"file": file})
    try:
        yield
    finally:
        _subject.reset(token)


def claimed_as(submission: str) -> None:
    """From here to the end of the block, every line carries the submission's id."""
    subject = _subject.get()
    if subject is not None:
        _subject.set({"submission": submission, **subject})


class JsonLines(logging.Formatter):
    """A record as one line of JSON; whatever came in ``extra=`` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end. Lone surrogates of a file name are spelt out: the log is UTF-8, always."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
            **(_subject.get() or {}),
        }
        line.update((key, value) for key, value in vars(record).items() if key not in _OWN)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str).encode(errors="backslashreplace").decode()


def log_to(folder: Path, *, size: int = 5 * _MEGABYTE) -> None:
    """Send everything the package logs to ``folder/gongwen.log``: at most twenty-one files of ``size`` bytes.

    A log that cannot be written (disk full) stops nobody's work.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "gongwen.log", maxBytes=size, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    _send_to(handler)


def log_nowhere() -> None:
    """Keep what the package logs from the terminal and from every file: for a run that must leave no trace."""
    _send_to(logging.NullHandler())


def _send_to(handler: logging.Handler) -> None:
    package = logging.getLogger("pipeline")
    package.setLevel(logging.INFO)
    package.propagate = False
    for old in package.handlers[:]:
        package.removeHandler(old)
        old.close()
    package.addHandler(handler)
