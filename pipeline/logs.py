"""The log: one JSON object a line, turned over when it is large, with the submission's id in every line about it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

_MEGABYTE = 1_000_000
_KEPT = 20
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON; whatever came in ``extra=`` stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        line.update((key, value) for key, value in vars(record).items() if key not in _OWN)
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to(folder: Path) -> None:
    """Send everything the package logs to ``folder/gongwen.log``: at most twenty files of 5 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "gongwen.log", maxBytes=5 * _MEGABYTE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(JsonLines())
    package = logging.getLogger("pipeline")
    package.setLevel(logging.INFO)
    package.propagate = False
    for old in package.handlers[:]:
        package.removeHandler(old)
        old.close()
    package.addHandler(handler)
