"""How numbers and archival codes are written, and how a number that a sender wrote is read back.

GB/T 9704-2012 clause 7.2.5: 机关代字, the full year in 〔〕 (U+3014, U+3015), the figure without leading zeros, 号.
Senders type what their keyboard has: ``铜王组发[2020]50号``. Such look-alikes are read, for otherwise nobody could say
which number was meant; but the reading says that it is not exact, and the caller has to decide what that means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from string import Formatter

from pipeline.core.archival import ARCHIVAL_CODE, LAST_PIECE
from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Kind, Numbering
from pipeline.core.messages import _
from pipeline.core.text import nfc
from pipeline.core.values import ArchivalCode, Number, Organisation, Record

_LOOK_ALIKES = str.maketrans("[]［］【】（）()﹝﹞〖〗０１２３４５６７８９", "〔〕" * 7 + "0123456789")
_SPACES = re.compile(r"\s+")
_PARTS = {"year": r"(?P<year>[0-9]{4})", "n": r"0*(?P<n>[1-9][0-9]{0,5})"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read from a sender's text. ``exact`` when he wrote it just as it stands on paper."""

    number: Number
    exact: bool


_ISSUER = ("code", "organisation")


def numbering_of(record: Record) -> Numbering | None:
    """How a paper takes its number: as its kind does, with what the row chose (会议种类) in the name of the series."""
    kind, values = record.kind, record.head.values
    if kind.numbering is None:
        return None
    fields = [kind.head.field(name) for name in _choices(kind.numbering)]
    return _chosen(kind.numbering, {field.id: str(values.get(field.id) or field.default) for field in fields})


def numberings(kind: Kind) -> Iterator[Numbering]:
    """Every numbering of a kind: one for each choice that names its series."""
    if kind.numbering is not None:
        fields = [kind.head.field(name) for name in _choices(kind.numbering)]
        for chosen in product(*(field.choices for field in fields)):
            yield _chosen(kind.numbering, dict(zip((field.id for field in fields), chosen, strict=True)))


def _chosen(numbering: Numbering, choices: Mapping[str, str]) -> Numbering:
    issuer = {name: f"{{{name}}}" for name in _ISSUER}
    return replace(numbering, series=numbering.series.format(**issuer, **choices))


def _choices(numbering: Numbering) -> list[str]:
    """The fields of the head row that name the series."""
    named = dict.fromkeys(name for _text, name, _format, _conversion in Formatter().parse(numbering.series) if name)
    return [name for name in named if name not in _ISSUER]


def series_name(numbering: Numbering, organisation: Organisation) -> str:
    """The ledger series in which papers of this organisation are numbered; ``numbering`` is one of ``numberings``."""
    return nfc(numbering.series.format(code=organisation.number_code, organisation=organisation.name))


def compose(numbering: Numbering, organisation: Organisation, year: int, n: int) -> Number:
    """The number ``n`` of a year as it stands on paper."""
    text = numbering.pattern.format(code=organisation.number_code, organisation=organisation.name, year=year, n=n)
    return Number(series_name(numbering, organisation), year, n, nfc(text))


def read_number(text: str, numbering: Numbering, organisation: Organisation, year: int) -> Reading | None:
    """The number that ``text`` means in this organisation's series; None when it is no number of that series.

    ``year`` (of the 成文日期) stands in where the pattern writes none. Other brackets, full-width figures, blanks and
    leading zeros are read too, as a reading that is not ``exact``.
    """
    match = _expression(numbering.pattern, organisation).fullmatch(_folded(text))
    if match is None:
        return None
    number = compose(numbering, organisation, int(match.groupdict().get("year") or year), int(match["n"]))
    return Reading(number, exact=nfc(text) == number.text)


UNGIVEN = 0
"""The 件号 of a paper that waits for the yearly arrangement (整理)."""


def archival_code(fonds: str, organisation: Organisation, year: int, retention: str, piece: int) -> ArchivalCode:
    """档号 of one 件. ``retention`` is ``Y``, ``D30`` or ``D10``; for the ``piece`` ``UNGIVEN`` the class alone.

    Raises ``ConfigurationError`` when the parts make no 档号, or the class has used up its four figures.
    """
    return code_in(lowest_class_of(fonds, organisation, year, retention), piece)


def code_in(lowest_class: str, piece: int) -> ArchivalCode:
    """档号 of one 件 of a class. Raises as ``archival_code``."""
    if piece > LAST_PIECE:
        raise ConfigurationError(
            _("{lowest_class} 的件号已用到 {last}，按 DA/T 22-2015 不能再编").format(
                lowest_class=lowest_class, last=LAST_PIECE
            ),
            where="organisation.code",
            remedy=_("在 gongwen.toml 里把这个机构再分细"),
        )
    text = f"{lowest_class}-{piece:04}"
    if not ARCHIVAL_CODE.fullmatch(text):
        raise ConfigurationError(
            _("“{code}”不是合格的档号（DA/T 22-2015 第5.4条）").format(code=text),
            where="office.fonds, organisation.code, retention",
            remedy=_("全宗号为4位、机构代码为3位大写字母或数字，保管期限为 Y、D30 或 D10"),
        )
    return ArchivalCode(lowest_class, piece, "" if piece == UNGIVEN else text)


def lowest_class_of(fonds: str, organisation: Organisation, year: int, retention: str) -> str:
    """The class in which 件号 count from 1: ``D001-WS·2020-Y-ZZB``."""
    return f"{fonds}-WS·{year}-{retention}-{organisation.code}"


def _folded(text: str) -> str:
    return _SPACES.sub("", nfc(text)).translate(_LOOK_ALIKES)


@lru_cache(maxsize=256)
def _expression(pattern: str, organisation: Organisation) -> re.Pattern[str]:
    """The pattern as an expression over folded text; a part that stands twice must read alike twice."""
    fixed = {"code": organisation.number_code, "organisation": organisation.name}
    expression = ""
    seen: set[str] = set()
    for literal, name, _specification, _conversion in Formatter().parse(pattern):
        expression += re.escape(_folded(literal))
        if name is None:
            continue
        if name in fixed:
            expression += re.escape(_folded(fixed[name]))
        else:
            expression += f"(?P={name})" if name in seen else _PARTS[name]
            seen.add(name)
    return re.compile(expression)
