"""The packet as a folder or a .zip: cover and contents, each paper by itself, the ends, and how to check it all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from pipeline.core import durable
from pipeline.sheets import Listing, listing_workbook

PAGE, LIST, MANIFEST = "index.html", "目录.xlsx", "manifest-sha256.txt"

HEADINGS = ("序号", "题名", "文号", "档号", "日期", "备注", "文件")
_WIDTHS = (6, 52, 26, 30, 12, 24, 60)


def files_of(
    title: str, rows: Sequence[Sequence[str]], front: tuple[str, bytes], papers: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file of the folder by name. ``rows`` are the lines under ``HEADINGS``, the last cell the file's name,
    empty where there is none;
    ``papers`` the files, in order, those of the ends among them."""
    files = {front[0]: front[1], **papers}
    links = {(place, len(HEADINGS) - 1): row[-1] for place, row in enumerate(rows) if row[-1]}
    files[LIST] = listing_workbook((Listing("目录", HEADINGS, _WIDTHS, rows, title, links=links),))
    files[PAGE] = _page(title, rows, [front[0], *(name for name in papers if name not in {row[-1] for row in rows})])
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files[MANIFEST] = lines.encode()
    return files


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into an empty folder."""
    for name, data in files.items():
        durable.write_new(target / name, data)


def zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    """The same as a .zip with one folder in it; equal files give equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{path}", (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _page(title: str, rows: Sequence[Sequence[str]], others: Sequence[str]) -> bytes:
    """The contents for a browser: one plain file, nothing fetched."""
    head = "".join(f"<th>{name}</th>" for name in HEADINGS[:-1])
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{_link(row[-1], cell) if place == 1 and row[-1] else escape(cell)}</td>"
            for place, cell in enumerate(row[:-1])
        )
        + "</tr>"
        for row in rows
    )
    listed = "　".join(_link(name, name.removesuffix(".pdf")) for name in others)
    style = (
        'body{font-family:"Songti SC",SimSun,"Noto Serif CJK SC",serif;margin:2em auto;max-width:70em;padding:0 1em}'
        "table{border-collapse:collapse;width:100%}th,td{border:1px solid #777;padding:.3em .5em;text-align:left}"
        "th{background:#eee}"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{style}</style></head>\n<body><h1>{escape(title)}</h1><p>{listed}</p>"
        f"<table><tr>{head}</tr>{body}</table><p>核对：<code>sha256sum -c {MANIFEST}</code></p></body></html>\n"
    ).encode()


def _link(name: str, words: str) -> str:
    return f'<a href="{escape(quote(name), quote=True)}">{escape(words)}</a>'
