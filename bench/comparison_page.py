"""The page of ``bench.compare``: a summary, then each file with its pages side by side, the worst first."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:  # it hands its own values in
    from bench.compare import Comparison, Side

_MOST_PAGES = 6
_STYLE = (
    "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}td,th{padding:2px 10px;text-align:left}"
    "tr:nth-child(even){background:#f3f3f3}img{border:1px solid #999;margin:3px;vertical-align:top}"
    ".pair{display:inline-block;margin:6px;background:#eee;padding:4px}.bad{color:#b00}"
)


def written(found: Sequence[Comparison], summary: Sequence[str]) -> str:
    """The whole page as HTML that needs no other file."""
    rows = "".join(_row(number, one) for number, one in enumerate(found))
    parts = "".join(part for number, one in enumerate(found) for part in _part(number, one))
    return (
        f'<!doctype html><meta charset="utf-8"><title>gongwen and LibreOffice</title><style>{_STYLE}</style>'
        f"<h1>gongwen (left) and LibreOffice (right)</h1><p>{'<br>'.join(map(escape, summary))}</p>"
        f"<table><tr><th>file<th>pages<th>lines alike<th>pixels differ<th>refused or failed</tr>{rows}</table>{parts}"
    )


def _row(number: int, one: Comparison) -> str:
    return (
        f'<tr><td><a href="#f{number}">{escape(one.name)}</a><td>{len(one.ours.pages)} / {len(one.theirs.pages)}'
        f"<td>{_share(one.lines)}<td>{_share(one.pixels)}<td class=bad>{escape(_trouble(one))}</tr>"
    )


def _part(number: int, one: Comparison) -> Iterator[str]:
    yield f'<h2 id="f{number}">{escape(one.name)}</h2><p class=bad>{escape(_trouble(one))}</p>'
    for left, right in zip_longest(_shown(one.ours), _shown(one.theirs)):
        yield f"<span class=pair>{_picture(left)}{_picture(right)}</span>"


def _shown(side: Side) -> tuple[Image.Image, ...]:
    return side.pages[:_MOST_PAGES]


def _picture(page: Image.Image | None) -> str:
    if page is None:
        return '<img width="400" alt="no page">'
    buffer = io.BytesIO()
    page.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(buffer, "PNG", optimize=True)
    return f'<img src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'


def _trouble(one: Comparison) -> str:
    said = [f"gongwen: {why}" for why in ((one.ours.failure,) if one.ours.failure else one.refused)]
    said += [f"LibreOffice: {one.theirs.failure}"] if one.theirs.failure else []
    return "; ".join(said)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"
