"""The number series of an office, and which number a person means.

On the command line and in a paper register nobody says which kind or organisation a number belongs to; the text has to
tell. 铜王组发〔2020〕50号 does. 第3期 does not, for every organisation has one, and then its series goes before it:
``红旗社区联席会议纪要〔2020〕第3期``. What may mean two numbers is asked back, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pipeline.core.acts import in_full, key_of
from pipeline.core.errors import AnswerIsNo
from pipeline.core.kind import Kind, Numbering
from pipeline.core.messages import _
from pipeline.core.text import collapsed, nfc
from pipeline.core.values import Number, Organisation
from pipeline.numbering.pattern import Reading, compose, numberings, read_number, series_name

_TOLD = 6
"""How many series or numbers a sentence lists."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of numbers, and how they are written."""

    name: str
    numbering: Numbering
    organisation: Organisation

    def number(self, year: int, n: int) -> Number:
        """The number ``n`` of a year."""
        return compose(self.numbering, self.organisation, year, n)


class Line(Protocol):
    """A number as the ledger has it."""

    @property
    def series(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def text(self) -> str: ...


class Known(Protocol):
    """The numbers that are not free; the register fits."""

    def named(self, text: str) -> Iterable[Line]:
        """Those written so, with or without their series before them."""
        ...


class SeriesBook:
    """Every series in which this office may number."""

    def __init__(self, series: Iterable[Series]) -> None:
        self._series: Mapping[str, Series] = {one.name: one for one in series}

    @classmethod
    def of(cls, kinds: Iterable[Kind], issuer: Organisation, organisations: Iterable[Organisation]) -> SeriesBook:
        """The series of these kinds: of the issuer alone where a kind names no organisation."""
        everybody = tuple(organisations)
        return cls(
            Series(series_name(numbering, organisation), numbering, organisation)
            for kind in kinds
            for numbering in numberings(kind)
            for organisation in (everybody if kind.organisation_field else (issuer,))
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every series."""
        return tuple(self._series)

    def series(self, name: str) -> Series:
        """The series of this name. Raises ``AnswerIsNo`` that lists those there are."""
        wanted = collapsed(nfc(name))
        if wanted in self._series:
            return self._series[wanted]
        alike = [one for one in self._series if wanted in one] or list(self._series)
        raise AnswerIsNo(
            _("没有“{name}”这种号").format(name=wanted),
            remedy=_("有这些：{names}").format(names=_some(alike)),
        )

    def examples(self, year: int) -> str:
        """The first number of some series, for people."""
        return _some(in_full(one.name, one.number(year, 1).text) for one in self._series.values())

    def read(self, text: str, year: int) -> tuple[Reading, ...]:
        """The numbers that ``text`` may mean; ``year`` stands in where it says none."""
        wanted = collapsed(nfc(text))
        found: dict[tuple[str, int, int], Reading] = {}
        for one in self._series.values():
            for written in {wanted, wanted.removeprefix(one.name)}:
                reading = read_number(written, one.numbering, one.organisation, year)
                if reading is not None:
                    found.setdefault(key_of(reading.number), reading)
        return tuple(found.values())

    def number(self, text: str, year: int, known: Known) -> Number:
        """The one number that ``text`` means: one of the ledger, else of a series of the office.

        Other brackets, figures and blanks are understood. Raises ``AnswerIsNo`` for none or several.
        """
        written = [Number(one.series, one.year, one.n, one.text) for one in known.named(collapsed(nfc(text)))]
        numbers = written or [reading.number for reading in self.read(text, year)]
        if not numbers:
            raise AnswerIsNo(
                _("“{text}”不是本办公室的号").format(text=text),
                remedy=_("写法如 {examples}").format(examples=self.examples(year)),
            )
        if len(numbers) > 1:
            raise AnswerIsNo(
                _("“{text}”有 {count} 个").format(text=text, count=len(numbers)),
                remedy=_("请写全：{names}").format(names=_some(in_full(one.series, one.text) for one in numbers)),
            )
        return numbers[0]


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = _("等 {count} 个").format(count=len(listed)) if len(listed) > _TOLD else ""
    return "、".join(listed[:_TOLD]) + more
