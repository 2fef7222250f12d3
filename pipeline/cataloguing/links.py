"""Links out of a printed list into the papers it lists: relative, so that the folder may be moved or handed over.

A printed line bears ``urn:gongwen:paper:<id>``. Here that becomes a remote go-to action (GoToR, ISO 32000-1 12.6.4.3),
which PDF/A allows and which readers resolve against the place of the list itself. A launch action would be forbidden
(ISO 19005-3 6.5.1), a web address cannot be relative in most readers. Bytes depend on nothing but the input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

SCHEME = "urn:gongwen:paper:"

_OWN = "/gongwen"
_UNDATED = "D:19800101000000Z"


def linked(
    pdf: bytes,
    targets: Mapping[str, str],
    bookmarks: Mapping[str, Iterable[tuple[str, str]]] | None = None,
    made_of: str = "",
) -> bytes:
    """The list with its lines open to their papers.

    ``targets`` maps the id of a paper to its path relative to the list, with "/" between folders; the line of one that
    is not among them leads nowhere. ``bookmarks`` maps the words of a bookmark there is to further ones below it, each
    with the id of the paper that it opens. ``made_of`` is written into the list, for ``made_of`` to read.
    """
    import pikepdf  # loaded here, as everywhere in this module: a round that renews no list needs none of it

    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for annotation in page.obj.get("/Annots", ()):
                _lead(annotation, targets)
        if bookmarks:
            with document.open_outline() as outline:
                _add(outline.root, bookmarks, targets)
        if made_of:
            kept = pikepdf.Dictionary(LastModified=pikepdf.String(_UNDATED), Private=pikepdf.String(made_of))
            document.Root.PieceInfo = pikepdf.Dictionary({_OWN: kept})
        written = BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def made_of(path: Path) -> str:
    """What a list says it was made of, where programs keep what is theirs (PieceInfo, ISO 32000-1 14.5); "" when it
    does not say, or cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            return str(document.Root.PieceInfo[_OWN].Private)
    except (pikepdf.PdfError, OSError, AttributeError, KeyError, TypeError):
        return ""


def _lead(annotation: Any, targets: Mapping[str, str]) -> None:
    """Turn one link to a paper into the way to its file, or into none."""
    action = annotation.get("/A")
    if action is None or "/URI" not in action:
        return
    address = str(action["/URI"])
    if address.startswith(SCHEME):
        target = targets.get(address.removeprefix(SCHEME))
        if target is None:
            del annotation["/A"]
        else:
            annotation["/A"] = _opening(target)


def _opening(path: str) -> pikepdf.Dictionary:
    """The action that opens a file at its first page, in a window of its own."""
    import pikepdf

    file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=pikepdf.String(path), UF=pikepdf.String(path))
    top = pikepdf.Array([0, pikepdf.Name.Fit])
    return pikepdf.Dictionary(S=pikepdf.Name.GoToR, F=file, D=top, NewWindow=True)


def _add(items: Iterable[Any], bookmarks: Mapping[str, Iterable[tuple[str, str]]], targets: Mapping[str, str]) -> None:
    import pikepdf

    for item in items:
        _add(item.children, bookmarks, targets)
        for words, paper in bookmarks.get(item.title, ()):
            action = _opening(targets[paper]) if paper in targets else None
            item.children.append(pikepdf.OutlineItem(words, action=action))
