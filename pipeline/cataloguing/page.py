"""``index.html`` in each folder of the archive: the catalogue that opens without this program.

An inspector who has only the folder opens it with any browser, years from now, on a machine without network: so it is
one plain file, no script, nothing fetched. It is derived, the same bytes for the same papers, and may be made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.cataloguing.entries import COLUMNS, Entry, Shelf, Volume
from pipeline.core.deeds import ARRANGED_METADATA
from pipeline.core.retention import RETENTIONS

NAME = "index.html"
LIST = "归档文件目录.xlsx"
"""The same list to print and bind, beside the page."""

_STYLE = """
body { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", serif; }
body { margin: 2em auto; max-width: 96em; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top; }
th { background: #eee; } td.figure { text-align: right; white-space: nowrap; }
td.code, td:last-child a { white-space: nowrap; } td.organ { min-width: 11em; } td.title { min-width: 16em; }
tr:target { background: #ffc; } footer { color: #555; margin-top: 2em; font-size: .9em; }
@media print { a { color: inherit; text-decoration: none; } }
"""

_CLASSES = {**dict.fromkeys(("序号", "日期", "页数"), "figure"), "档号": "code", "责任者": "organ", "题名": "title"}
"""How wide a column must be: a name is not to be broken into a tower of three characters a line."""

_OPENED = (
    (".pdf", "pdf", "PDF"),
    (".docx", "docx", "Word"),
    (".xml", "metadata", "元数据"),
    (".json", "record", "记录"),
)


def folder_page(shelf: Shelf) -> bytes:
    """The page of one folder: a table for each retention, each title open to its PDF."""
    title = f"{shelf.year}年 {shelf.organisation}"
    tables = "".join(_volume(volume) for volume in shelf.volumes)
    words = (
        f"共 {shelf.papers} 件。核对文件有没有被改动：在本文件夹运行 "
        "<code>sha256sum -c manifest-sha256.txt</code>。发来的原表在“来稿”文件夹。"
    )
    up = "../" * len(PurePosixPath(shelf.path).parts)
    ways = f'<p><a href="{up}{NAME}">全部文件夹</a>　<a href="{_link(LIST)}">打印用的目录表</a></p>'
    return _page(f"归档文件目录 {title}", f"{ways}{tables}<footer>{words}</footer>")


def root_page(folders: Iterable[str]) -> bytes:
    """The page of the whole archive: its folders (``<year>/<organisation>``), newest year first."""
    listed = sorted((PurePosixPath(path).parts for path in folders), key=lambda parts: (-int(parts[0]), parts[1]))
    rows = "".join(
        f'<tr><td class="code">{year}</td><td><a href="{_link(f"{year}/{name}")}/{NAME}">{escape(name)}</a></td></tr>'
        for year, name in listed
    )
    return _page("档案库", f"<table><tr><th>年度</th><th>机构</th></tr>{rows}</table>")


def _volume(volume: Volume) -> str:
    name = RETENTIONS.get(volume.retention, volume.retention)
    head = "".join(f"<th>{column}</th>" for column in (*COLUMNS, "打开"))
    rows = "".join(_row(entry) for entry in volume.entries)
    return (
        f"<h2>保管期限：{escape(name)}（{len(volume.entries)} 件，{volume.pages} 页）</h2>"
        f"<table><tr>{head}</tr>{rows}</table>"
    )


def _row(entry: Entry) -> str:
    cells = "".join(_cell(column, text, entry) for column, text in zip(COLUMNS, entry.texts(), strict=True))
    links = "　".join(f'<a href="{_link(name)}">{words}</a>' for name, words in _files(entry))
    return f'<tr id="{escape(entry.archival_code or entry.paper, quote=True)}">{cells}<td>{links}</td></tr>'


def _cell(column: str, text: str, entry: Entry) -> str:
    kind = f' class="{_CLASSES[column]}"' if column in _CLASSES else ""
    told = escape(text)
    if column == "题名" and entry.is_there:
        told = f'<a href="{_link(_name(entry.pdf))}">{told}</a>'
    return f"<td{kind}>{told}</td>"


def _files(entry: Entry) -> Sequence[tuple[str, str]]:
    """The name and the word of each file that can be opened; of the metadata those that have the 档号."""
    if not entry.is_there:
        return []
    described = next((path for path, called in entry.copies if called == ARRANGED_METADATA), "")
    own = [
        (described if described and role == "metadata" else entry.files[role].path, words)
        for _suffix, role, words in _OPENED
        if role in entry.files
    ]
    originals = [(file.path, "原件") for role, file in entry.files.items() if role.startswith("original")]
    copies = [copy for copy in entry.copies if copy[1] != ARRANGED_METADATA]
    return [(_name(path), words) for path, words in (*own, *originals, *copies)]


def _name(path: str) -> str:
    """The last part of a path; of forty thousand of them, so without a ``PurePosixPath`` for each."""
    return path.rpartition("/")[2]


def _link(path: str) -> str:
    stem, dot, suffix = path.rpartition(".")
    return _quoted(stem) + dot + _quoted(suffix)


@lru_cache(maxsize=64)
def _quoted(text: str) -> str:
    """A piece of an address; the files of one paper share their stem."""
    return escape(quote(text), quote=True)


def _page(title: str, body: str) -> bytes:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>\n"
    ).encode()
