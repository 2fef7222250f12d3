"""``python -m bench.compare FOLDER -o OUT.html [--most N]``: our pages beside LibreOffice's, for every Word file.

LibreOffice is a second opinion, not the truth: it gets 22 × 28 wrong itself. So nothing is judged here; pages, lines
and pixels are compared, the worst come first, and a person looks. Both print with the same faces, else one would
compare fonts. Ours prints without ``strict``, so that what it refuses can be seen too, and says what it would refuse.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from bench.comparison_page import written
from pipeline.conformance import measure
from pipeline.conformance.lines import lines_of
from pipeline.core.errors import CannotRender, GongwenError
from pipeline.rendering import FontBook, Metadata, render
from pipeline.rendering.layout import lay_out
from pipeline.rendering.libreoffice import LibreOffice
from pipeline.rendering.libreoffice.fontmap import font_map
from pipeline.rendering.source import read_source
from pipeline.rendering.usage import Usage

_DOTS = 50
"""Dots an inch at which pages are compared and shown."""
_BLUR = 1.5
"""Pixels; a hair's breadth of shift is no difference."""
_DARKER = 48
"""Steps of grey, of 255, from which a blurred pixel differs."""
_BEGINNING = 6
"""Characters of a line that are held against each other."""
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Side:
    """What one printer made of a file: pages as pictures, the lines of text, or why there is nothing."""

    pages: tuple[Image.Image, ...] = ()
    lines: tuple[str, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One file. ``refused`` are the reasons for which ours would not file it. ``lines`` is the share that begin alike,
    ``pixels`` the share that differs, 0 to 1; None where one side is missing."""

    name: str
    ours: Side
    theirs: Side
    refused: tuple[str, ...]
    lines: float | None = None
    pixels: float | None = None

    @property
    def same_pages(self) -> bool:
        """Whether both made as many pages."""
        return bool(self.ours.pages) and len(self.ours.pages) == len(self.theirs.pages)


def main(folder: Path, out: Path, most: int) -> None:
    """Compare everything in ``folder``, write the page, print the summary."""
    engine, book = LibreOffice.installed(), FontBook.open()
    engine.seconds = _SECONDS
    found: list[Comparison] = []
    with TemporaryDirectory(prefix="gongwen-compare-") as cache:
        for path in _files(folder, most):
            found.append(_compared(path, str(path.relative_to(folder)), engine, book, Path(cache)))
            print(f"{len(found):4}  {_in_a_line(found[-1])}", file=sys.stderr)
    if not found:
        sys.exit(f"no .docx below {folder}")
    found.sort(key=lambda each: (each.same_pages, each.lines or 0.0, each.name))
    summary = _summary(found, engine.version)
    out.write_text(written(found, summary), encoding="utf-8", errors="replace")
    print("\n".join(summary))


def _files(folder: Path, most: int) -> Iterator[Path]:
    """Every Word file once, however often it lies there."""
    seen: set[bytes] = set()
    for path in sorted(folder.rglob("*.docx")):
        digest = hashlib.sha256(path.read_bytes()).digest()
        if digest not in seen and len(seen) < most:
            seen.add(digest)
            yield path


def _compared(path: Path, name: str, engine: LibreOffice, book: FontBook, cache: Path) -> Comparison:
    docx = path.read_bytes()
    ours, refused = _ours(docx, book)
    theirs = _theirs(docx, engine, book, cache)
    if not ours.pages or not theirs.pages:
        return Comparison(name, ours, theirs, refused)
    pixels = [_differing(one, two) for one, two in zip(ours.pages, theirs.pages, strict=False)]
    return Comparison(name, ours, theirs, refused, _alike(ours.lines, theirs.lines), sum(pixels) / len(pixels))


def _ours(docx: bytes, book: FontBook) -> tuple[Side, tuple[str, ...]]:
    try:
        printed = render(docx, book=book, metadata=Metadata(), strict=False)
    except GongwenError as error:
        return Side(failure=error.what), (error.what,)
    except Exception as error:  # what must not happen is what this is for
        return Side(failure=f"CRASH {type(error).__name__}: {error}"), ()
    reasons = [refusal.construct for refusal in printed.refusals] + [each.message for each in printed.objections]
    return _side(printed.pdf), tuple(dict.fromkeys(reasons))


def _theirs(docx: bytes, engine: LibreOffice, book: FontBook, cache: Path) -> Side:
    usage = Usage()
    try:
        lay_out(read_source(docx), book, usage)
    except Exception as error:
        print(f"      faces unknown: {error}", file=sys.stderr)
    try:
        return _side(engine.convert(docx, font_map(usage.substitutions, book, cache), "3u"))
    except CannotRender as error:
        return Side(failure=error.what)


def _side(pdf: bytes) -> Side:
    try:
        lines = tuple(line.text for page in measure(pdf).pages for line in lines_of(page))
    except GongwenError as error:
        return Side(failure=error.what)
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = tuple(page.render(scale=_DOTS / 72, may_draw_forms=False).to_pil().convert("RGB") for page in document)
    finally:
        document.close()
    return Side(pages, lines)


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of lines that begin with the same characters, in order."""
    if not ours and not theirs:
        return 1.0
    one, two = ([line[:_BEGINNING] for line in lines] for lines in (ours, theirs))
    same = sum(block.size for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())
    return same / max(len(one), len(two))


def _differing(one: Image.Image, two: Image.Image) -> float:
    """The share of pixels that differ on a page, by what both sheets cover."""
    size = (max(one.width, two.width), max(one.height, two.height))
    blurred = []
    for page in (one, two):
        sheet = Image.new("L", size, 255)
        sheet.paste(page.convert("L"))
        blurred.append(sheet.filter(ImageFilter.GaussianBlur(_BLUR)))
    histogram = ImageChops.difference(*blurred).histogram()
    return sum(histogram[_DARKER:]) / (size[0] * size[1])


def _summary(found: Sequence[Comparison], version: str) -> list[str]:
    both = [each for each in found if each.lines is not None and each.pixels is not None]
    crashed = [each for each in found if each.ours.failure.startswith("CRASH")]
    lines = [
        f"{len(found)} Word files; {version}",
        f"ours: {sum(not each.refused and not each.ours.failure for each in found)} printed faithfully, "
        f"{sum(bool(each.refused) for each in found)} refused by name, {len(crashed)} crashed",
        f"LibreOffice: {sum(bool(each.theirs.failure) for each in found)} failed",
        f"both printed {len(both)}: as many pages in {sum(each.same_pages for each in both)}",
    ]
    if both:
        shares = sorted(each.lines or 0.0 for each in both)
        lines += [
            f"lines that begin alike: {sum(shares) / len(both):.3f} on average, median {shares[len(shares) // 2]:.2f}",
            f"pixels that differ: {sum(each.pixels or 0.0 for each in both) / len(both):.2%} on average",
        ]
    return lines


def _in_a_line(one: Comparison) -> str:
    pages = f"{len(one.ours.pages)}/{len(one.theirs.pages)} pages"
    shares = "" if one.lines is None else f", lines {one.lines:.2f}, pixels {one.pixels:.2%}"
    why = one.ours.failure or one.theirs.failure or "; ".join(one.refused)
    return f"{one.name}: {pages}{shares}{'  ' + why[:90] if why else ''}"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("-o", "--output", type=Path, required=True)
    arguments.add_argument("--most", type=int, default=10_000, metavar="N", help="no more than N files")
    given = arguments.parse_args()
    main(given.folder, given.output, given.most)
