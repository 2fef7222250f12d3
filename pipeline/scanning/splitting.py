"""Split a scan into papers: a page with a code begins one, the pages behind it belong to it until all are there.

Deciding only. What is in doubt is never guessed: pages before any code, too many, too few, a code nobody can read, the
same paper twice. Each becomes a finding at its page, and its pages go back; the papers around it go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.core.papercode import PaperCode
from pipeline.scanning.values import ScannedPage


@dataclass(frozen=True, slots=True)
class Bundle:
    """The pages of one paper by their numbers in the scan, blank back sides left out."""

    code: PaperCode
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Pages that go back, and why; ``paper`` is the id on their code, "" where none could be read."""

    finding: Finding
    pages: tuple[int, ...]
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """What a scan holds. ``blank`` are the pages dropped because nothing is on them."""

    bundles: tuple[Bundle, ...]
    doubts: tuple[Doubt, ...]
    blank: tuple[int, ...]


def split(pages: Sequence[ScannedPage]) -> Split:
    """Papers, doubtful pages and dropped ones; every page of the scan is in exactly one of the three."""
    bundles: list[Bundle] = []
    doubts: list[Doubt] = []
    blank: list[int] = []
    for group in _groups(pages):
        first = group[0]
        if not first.codes:
            blank += [page.number for page in group if page.blank]
            if written := tuple(page.number for page in group if not page.blank):
                doubts.append(Doubt(_no_code(written), written))
            continue
        found = _bundle(group)
        if isinstance(found, Doubt):
            doubts.append(found)
        else:
            bundles.append(found)
        kept = set(found.pages)
        blank += [page.number for page in group if page.number not in kept]
    once, repeated = _each_once(bundles)
    return Split(tuple(once), (*doubts, *repeated), tuple(blank))


def _groups(pages: Sequence[ScannedPage]) -> Iterator[list[ScannedPage]]:
    """Pages from one with a code up to the next; those before the first code on their own."""
    group: list[ScannedPage] = []
    for page in pages:
        if page.codes and group:
            yield group
            group = []
        group.append(page)
    if group:
        yield group


def _bundle(group: list[ScannedPage]) -> Bundle | Doubt:
    first, numbers = group[0], tuple(page.number for page in group)
    written = tuple(page.number for page in group if not page.blank)
    codes = {seen.code for seen in first.codes}
    code = codes.pop()
    if codes:
        return Doubt(_finding(Code.SCAN_CODE, first.number, _("这一页上有几个不同的二维码，分不清是哪一件")), written)
    if code is None:
        return Doubt(
            _finding(Code.SCAN_CODE, first.number, _("二维码被印章、折痕或污渍盖住了，换一份重新扫描这一件")), written
        )
    for candidate in (numbers, written, _front_sides(group)):
        if len(candidate) == code.pages:
            return Bundle(code, candidate)
    few = len(written) < code.pages
    hint = _("把这一件的各页按顺序扫全，再放一次") if few else _("多出的页可能是另一件的，检查后分开扫描")
    finding = Finding(
        Code.SCAN_PAGES,
        cell=_("第{first}页起").format(first=first.number),
        expected=_("{wanted}页，扫到{found}页").format(wanted=code.pages, found=len(written)),
        hint=hint,
    )
    return Doubt(finding, written, code.paper)


def _front_sides(group: list[ScannedPage]) -> tuple[int, ...]:
    """Every other page, where all between are blank: printed on one side, scanned on both, blank pages of its own."""
    return tuple(page.number for page in group[::2]) if all(page.blank for page in group[1::2]) else ()


def _each_once(bundles: Sequence[Bundle]) -> tuple[list[Bundle], list[Doubt]]:
    """The first scan of each paper, and the others as doubts."""
    seen: dict[str, Bundle] = {}
    repeated = []
    for bundle in bundles:
        before = seen.setdefault(bundle.code.paper, bundle)
        if before is not bundle:
            why = _("和第{page}页起的是同一件；只收了前面的一份，不需要的话不用再放").format(page=before.pages[0])
            repeated.append(Doubt(_finding(Code.SCAN_TWICE, bundle.pages[0], why), bundle.pages, bundle.code.paper))
    return list(seen.values()), repeated


def _no_code(pages: tuple[int, ...]) -> Finding:
    return _finding(
        Code.SCAN_CODE,
        pages[0],
        _("这一页前面没有带二维码的首页，不知道属于哪一件；从首页开始按顺序扫描（首页朝上、不要裁边）"),
    )


def _finding(code: Code, page: int, hint: str) -> Finding:
    return Finding(code, cell=_("第{page}页").format(page=page), hint=hint)
