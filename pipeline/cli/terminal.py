"""What a command may say, and how: plain lines, tables and a progress bar for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.core.messages import _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

YEAR = click.IntRange(1949, 2199)
"""A year that can be meant; any other is a slip of the keys, and may be larger than the register can ask for."""


class OutputFile(click.ParamType[Path]):
    """A file to write, whose ending says as what: .xlsx or .pdf, or one of them alone."""

    name = "file"

    def __init__(self, endings: tuple[str, ...] = (".xlsx", ".pdf")) -> None:
        self.endings = endings

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        path = Path(str(value))
        if path.suffix.lower() not in self.endings:
            endings = _(" 或 ").join(self.endings)
            self.fail(_("“{name}”要以 {endings} 结尾").format(name=path.name, endings=endings), param, ctx)
        if not path.absolute().parent.is_dir():
            self.fail(_("没有这个文件夹：{folder}").format(folder=path.parent), param, ctx)
        return path


class Bar:
    """A progress bar that follows one workbook after another; silent where nobody watches."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` papers of ``what`` are printed."""
        if self._progress is None:
            return
        if self._task is None or done == 0:
            self._task = self._progress.add_task(what, total=total)
        self._progress.update(self._task, completed=done, total=total)


@dataclass(frozen=True, slots=True)
class Terminal:
    """``workspace`` as given on the command line; ``as_json`` when a program listens."""

    workspace: Path
    as_json: bool = False

    def say(self, line: str = "") -> None:
        """A line for people; nothing when a program listens."""
        if not self.as_json:
            click.echo(line)

    def data(self, value: object) -> None:
        """A value for programs; nothing when a person reads."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table; folded, never truncated, because a cut path or number is a wrong one. Without rows, nothing."""
        if self.as_json:
            return
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*row)
        if not table.rows:
            return
        console = Console(width=None if sys.stdout.isatty() else 240, soft_wrap=False, highlight=False, markup=False)
        console.print(table)

    @contextmanager
    def progress(self) -> Iterator[Bar]:
        """A bar while the block runs; none when nobody watches."""
        if self.as_json or not sys.stderr.isatty():
            yield Bar(None)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns: tuple[Any, ...] = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True)) as progress:
            yield Bar(progress)
