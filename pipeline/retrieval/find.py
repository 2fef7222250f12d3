"""Find papers: what a person types becomes an ``IndexQuery``, what the index answers becomes rows to show.

People type brackets of every sort round a year, name an organisation by its short name, mean a whole year by "2020".
What cannot be understood is refused with the way out; a filter that silently means nothing would find nothing.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Protocol

from pipeline.core.deeds import STATUS_WORDS, Status
from pipeline.core.errors import AnswerIsNo, GongwenError
from pipeline.core.messages import _
from pipeline.core.text import collapsed, nfc, on_one_line
from pipeline.core.values import Hit, IndexQuery, Organisation, Span

MOST = 1000
"""Most results one query may ask for."""

RETENTION_NAMES: Mapping[str, str] = {"Y": "永久", "D30": "30年", "D10": "10年"}

_YEAR_BRACKETS = re.compile(r"[\[(（［【〔〖「﹝](\d{4})[\])）］】〕〗」﹞]第?0*(\d)")
_FULL_WIDTH = {
    0xFF01 + step: 0x21 + step for step in range(0x5E) if chr(0x21 + step).isalnum() or step == ord("-") - 0x21
}
_PERIOD = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)|年?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


class NotUnderstood(GongwenError):
    """What was typed makes no query. ``where`` is the option."""

    exit_code = 2


class NoSuchOrganisation(AnswerIsNo):
    """An organisation that the office does not know."""


class Index(Protocol):
    """What searches; the register fits."""

    def search(self, query: IndexQuery) -> Iterable[Hit]:
        """The papers that fit, in the order to show them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters as typed; empty ones do not filter. ``since`` and ``until`` are days, months or years, inclusive.

    ``code`` is a 档号 or its beginning, ``retention`` and ``status`` are a code or its word (D30, 30年).
    """

    year: int | None = None
    organisation: str = ""
    kind: str = ""
    number: str = ""
    since: str = ""
    until: str = ""
    limit: int = 20
    code: str = ""
    person: str = ""
    unit: str = ""
    retention: str = ""
    status: str = ""
    submission: str = ""
    order: Literal["newest", "relevance"] = "newest"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result as it is shown. ``path`` is the PDF in the file system; ``snippet`` the text round the first word.

    ``marks`` are the places of the words in it, ``title_marks`` those in the title.
    """

    paper: str
    number: str
    title: str
    kind: str
    organisation: str
    date: date
    archival_code: str
    status: str
    path: Path
    snippet: str
    marks: tuple[Span, ...] = ()
    title_marks: tuple[Span, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Keys in English, for ``--json``."""
        return {
            "paper": self.paper,
            "number": self.number,
            "title": self.title,
            "kind": self.kind,
            "organisation": self.organisation,
            "date": self.date.isoformat(),
            "archival_code": self.archival_code,
            "status": self.status,
            "path": str(self.path),
            "snippet": self.snippet,
            "marks": [list(span) for span in self.marks],
            "title_marks": [list(span) for span in self.title_marks],
        }


def find(query: IndexQuery, index: Index, archive: Path) -> tuple[ResultRow, ...]:
    """The rows of the papers that fit, in the order of the index; empty when there are none."""
    return tuple(_row(hit, archive) for hit in index.search(query))


def parse(
    words: Iterable[str], filters: Filters, organisations: Iterable[Organisation], kinds: Mapping[str, str]
) -> IndexQuery:
    """The query for what was typed; ``kinds`` gives the kinds' names by id. Raises ``NotUnderstood``.

    Each word is one phrase, a quoted one with its blanks; an ideographic space, which the shell does not know,
    separates words too. An organisation may be named by code, name, short name or synonym, a kind by id or name; one
    that is not known any more is looked for as typed, since old papers outlive it.
    """
    since = _period(filters.since, "--from")[0] if filters.since else None
    until = _period(filters.until, "--to")[1] if filters.until else None
    if since and until and since > until:
        raise NotUnderstood(_("开始日期晚于结束日期"), where="--from, --to", remedy=_("请把两个日期对调"))
    if not 1 <= filters.limit <= MOST:
        raise NotUnderstood(_("结果数不对"), where="--limit", remedy=_("请填 1 到 {most} 之间的数").format(most=MOST))
    return IndexQuery(
        words=tuple(phrase for word in words for part in word.split("\u3000") if (phrase := collapsed(nfc(part)))),
        year=filters.year,
        organisation=organisation_named(collapsed(nfc(filters.organisation)), organisations),
        kind=_kind(collapsed(nfc(filters.kind)), kinds),
        number=number_as_written(filters.number),
        since=since,
        until=until,
        limit=filters.limit,
        code=collapsed(nfc(filters.code)).upper().replace(".", "·"),
        person=collapsed(nfc(filters.person)),
        unit=collapsed(nfc(filters.unit)),
        retention=_chosen(
            filters.retention,
            RETENTION_NAMES,
            {code: _(RETENTION_NAMES[code]) for code in RETENTION_NAMES},
            "--retention",
        ),
        status=_chosen(
            filters.status,
            {status.value: STATUS_WORDS[status] for status in Status},
            {status.value: _(STATUS_WORDS[status]) for status in Status},
            "--status",
        ),
        submission=collapsed(nfc(filters.submission)),
        order=filters.order,
    )


def number_as_written(typed: str) -> str:
    """A 发文字号 as official papers write it (GB/T 9704-2012 7.2.5), from what people type.

    >>> number_as_written("铜王组发[2020]第050号")
    '铜王组发〔2020〕50号'
    """
    plain = "".join(nfc(typed).translate(_FULL_WIDTH).split())
    return _YEAR_BRACKETS.sub(r"〔\1〕\2", plain)


def _period(typed: str, option: str) -> tuple[date, date]:
    """The first and the last day of what was typed: a day, a month or a year."""
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    match = _COMPACT.fullmatch(plain) or _PERIOD.fullmatch(plain)
    try:
        if match is None:
            raise ValueError(typed)
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if day is not None and month is not None:
            return (date(year, month, day),) * 2
        first = date(year, month or 1, 1)
        last = calendar.monthrange(year, month or 12)[1]
        return first, date(year, month or 12, last)
    except ValueError as error:
        raise NotUnderstood(
            _("日期“{typed}”看不懂").format(typed=typed),
            where=option,
            remedy=_("请写成 2020、2020-04 或 2020-04-16"),
        ) from error


def organisation_named(typed: str, organisations: Iterable[Organisation]) -> str:
    """The full name of the organisation that was meant, or what was typed."""
    fitting = {
        one.name for one in organisations if typed in {one.code, one.name, one.short_name, *one.synonyms} and typed
    }
    if len(fitting) > 1:
        raise NotUnderstood(
            _("“{typed}”可以是几个组织：{names}").format(typed=typed, names="、".join(sorted(fitting))),
            where="--org",
            remedy=_("请写全称或机构代码"),
        )
    return fitting.pop() if fitting else typed


def organisation_meant(typed: str, organisations: Sequence[Organisation]) -> Organisation:
    """The organisation that was meant. Raises ``NoSuchOrganisation``, and ``NotUnderstood`` where it may be several."""
    name = organisation_named(collapsed(nfc(typed)), organisations)
    chosen = next((one for one in organisations if one.name == name), None)
    if chosen is None:
        raise no_such_organisation(typed, organisations)
    return chosen


def no_such_organisation(typed: str, organisations: Sequence[Organisation]) -> NoSuchOrganisation:
    """The error that names those whose names come nearest to what was typed; all of them where none comes near."""
    names = {
        word: one.short_name for one in organisations for word in (one.short_name, one.name, one.code, *one.synonyms)
    }
    near = dict.fromkeys(names[word] for word in get_close_matches(typed, names, n=6, cutoff=0.5))
    near |= dict.fromkeys(short for word, short in names.items() if typed and (typed in word or word in typed))
    return NoSuchOrganisation(
        _("没有“{name}”这个组织").format(name=typed),
        where="--org",
        remedy=_("相近的有：{names}").format(names=_("、").join(near))
        if near
        else _("现有：{names}").format(names=_("、").join(one.short_name for one in organisations)),
    )


def _chosen(typed: str, names: Mapping[str, str], shown: Mapping[str, str], option: str) -> str:
    """The code of a property that was named by code, name or as ``shown``. Raises ``NotUnderstood`` with them all."""
    plain = collapsed(nfc(typed))
    if not plain:
        return ""
    for code, name in names.items():
        if plain.casefold() == code.casefold() or plain in (name, shown[code]):
            return code
    raise NotUnderstood(
        _("没有“{typed}”").format(typed=plain),
        where=option,
        remedy=_("可以写：{names}").format(names=_("、").join(f"{code}={name}" for code, name in shown.items())),
    )


def _kind(typed: str, kinds: Mapping[str, str]) -> str:
    """The id of the kind that was meant, or what was typed."""
    return next((kind for kind, name in kinds.items() if typed == name), typed)


def _row(hit: Hit, archive: Path) -> ResultRow:
    paper = hit.paper
    return ResultRow(
        paper=paper.paper,
        number=paper.number,
        title=on_one_line(paper.title),
        kind=paper.kind_name,
        organisation=paper.organisation,
        date=paper.date,
        archival_code=paper.archival_code,
        status=paper.status,
        path=archive / paper.files["pdf"].path,
        snippet=hit.snippet,
        marks=hit.marks,
        title_marks=hit.title_marks,
    )
