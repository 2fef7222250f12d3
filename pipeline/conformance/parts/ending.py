"""What follows the body: 附件说明, 署名 and 成文日期 with the seal, and the attachments themselves (附件)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.conformance.geometry import Box, Page
from pipeline.conformance.lines import Line
from pipeline.conformance.parts.text import TITLE_SIZE, is_centred
from pipeline.conformance.standard import CHARACTER, LINE, TEXT_AREA

DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
ANNEX_HEAD = re.compile(r"(附件\d*)[：:]?|(附件\d+)[：:]?(.+)")
"""附件 or 附件1, also with what does not belong behind it: a colon, the title."""

_NOTE = re.compile(r"附件[：:]")
_ITEM = re.compile(r"\d{1,2}[.．、]")
_MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class SignOff:
    """发文机关署名 and 成文日期. ``above`` is the last line before them on their page, ``seals`` the places for seals.

    ``lines`` are the lines of the page that names and date are (parts of). A seal is a form field whose name begins
    with "seal", or a picture that lies over the date.
    """

    names: tuple[Line, ...] = ()
    date: Line | None = None
    above: Line | None = None
    seals: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexNote:
    """附件说明: its lines, and the names it gives. ``above`` is the line before it on its page, if any."""

    lines: tuple[Line, ...]
    items: tuple[tuple[Line, ...], ...]
    above: Line | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the attachments, without number."""
        texts = ("".join(line.text for line in item) for item in self.items)
        return tuple(_ITEM.sub("", _NOTE.sub("", text, count=1), count=1) for text in texts)


@dataclass(frozen=True, slots=True)
class Annex:
    """An attachment: its 附件 line, its title, and the line above it on its page (None where it begins the page)."""

    head: Line
    title: tuple[Line, ...]
    above: Line | None

    @property
    def name(self) -> str:
        """Its title in one piece, also where it stands behind 附件1 instead of below."""
        behind = ANNEX_HEAD.fullmatch(self.head.text)
        return "".join(line.text for line in self.title) or (behind[3] if behind and behind[3] else "")


def find_sign_off(lines: Sequence[Line], pages: Sequence[Page]) -> SignOff:
    """The first date that stands alone in the right half, and the names above it."""
    place = next((i for i, line in enumerate(lines) if DATE.fullmatch(line.text) and line.center > 100), None)
    if place is None:
        return SignOff()
    date = lines[place]
    first = place
    while first > 0 and place - first < _MOST_NAMES and _is_name(lines[first - 1], lines[first]):
        first -= 1
    above = lines[first - 1] if first > 0 and lines[first - 1].page == date.page else None
    return SignOff(
        tuple(lines[first:place]), date, above, _seals(pages[date.page - 1], date), tuple(lines[first : place + 1])
    )


def _is_name(line: Line, below: Line) -> bool:
    return (
        line.page == below.page
        and below.baseline - line.baseline < 2.5 * LINE
        and line.left - TEXT_AREA.left > 3 * CHARACTER
        and line.center > TEXT_AREA.center
        and not line.text.endswith(("。", "，", "；", "：", "！", "？"))
    )


def _seals(page: Page, date: Line) -> tuple[Box, ...]:
    fields = tuple(field.box for field in page.fields if field.name.lower().startswith("seal"))
    over = (box for box in page.pictures if box.holds(date.center, date.ink.middle) and box.width < 80)
    return fields or tuple(over)


def find_note(lines: Sequence[Line]) -> AnnexNote | None:
    """附件说明: from a line that begins with 附件： to the first line that no longer hangs under it."""
    for place, line in enumerate(lines):
        if not _NOTE.match(line.text) or ANNEX_HEAD.fullmatch(line.text):
            continue
        found = [line]
        for after in lines[place + 1 :]:
            step = after.baseline - found[-1].baseline
            if after.page != line.page or step > 1.5 * LINE or after.left < line.left + 2 * CHARACTER:
                break
            if DATE.fullmatch(after.text) or (not _ITEM.match(after.text) and after.left > TEXT_AREA.center):
                break
            found.append(after)
        above = lines[place - 1] if place and lines[place - 1].page == line.page else None
        return AnnexNote(tuple(found), _items(found), above)
    return None


def _items(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    items: list[list[Line]] = []
    for line in lines:
        if not items or _ITEM.match(line.text):
            items.append([line])
        else:
            items[-1].append(line)
    return tuple(tuple(item) for item in items)


def _is_text(line: Line) -> bool:
    """Whether a line that begins with 附件1 is a sentence about it, not its head."""
    return line.text.endswith(("。", "，", "；")) or line.right > TEXT_AREA.right - CHARACTER


def find_annexes(lines: Sequence[Line]) -> tuple[Annex, ...]:
    """Every line that begins an attachment, with the title below it."""
    annexes = []
    for place, line in enumerate(lines):
        if not ANNEX_HEAD.fullmatch(line.text) or _is_text(line):
            continue
        title: list[Line] = []
        for after in lines[place + 1 :]:
            near = after.page == line.page and after.baseline - (title or [line])[-1].baseline < 4.5 * LINE
            if (
                not near
                or not (after.size >= TITLE_SIZE or is_centred(after))
                or (title and after.size != title[0].size)
            ):
                break
            title.append(after)
        above = lines[place - 1] if place and lines[place - 1].page == line.page else None
        annexes.append(Annex(line, tuple(title), above))
    return tuple(annexes)
