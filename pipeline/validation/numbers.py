"""A number that the sender gave: well formed, of the right year, and free.

GB/T 9704-2012 clause 7.2.5: 机关代字, the full year in 〔〕, the figure without leading noughts, 号. What people type
instead ([2020], （2020）, 第050号) is understood well enough to say how it must read, and is never mended silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import Formatter

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Numbering
from pipeline.core.messages import _
from pipeline.core.text import nfc
from pipeline.core.values import Organisation, Record
from pipeline.validation.facts import Facts
from pipeline.validation.placing import finding

_LOOK_ALIKES = str.maketrans("[]［］【】（）()﹝﹞〖〗０１２３４５６７８９", "〔〕" * 7 + "0123456789")
_PARTS = {"year": r"(?P<year>[0-9]{4})", "n": r"0*(?P<n>[1-9][0-9]{0,5})"}


def check_number(record: Record, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the number given in a record, if one is given. The series itself is checked by the ledger."""
    numbering = record.kind.numbering
    if numbering is None or not record.given_number:
        return
    field = record.kind.head.field(numbering.field)
    year = record.date.year
    match = _expression(numbering.pattern, record.organisation).fullmatch(_folded(record.given_number))
    if match is None:
        example = _text(numbering, record.organisation, year, 1)
        expected = _("“{example}”这样的文号").format(example=example)
        yield finding(Code.NUMBER_FORM, record.head, field, expected=expected, hint=_("或者留空，由系统编号"))
        return
    written = _text(numbering, record.organisation, int(match.groupdict().get("year") or year), int(match["n"]))
    if match.groupdict().get("year", str(year)) != str(year):
        expected = _("{year}年的文号").format(year=year)
        hint = _("文号的年份要与成文日期一致，请核对两处")
        yield finding(Code.NUMBER_FORM, record.head, field, expected=expected, hint=hint)
    elif nfc(record.given_number) != written:
        hint = _("年份用六角括号〔〕，数字前面不加0，中间不留空格")
        yield finding(Code.NUMBER_FORM, record.head, field, expected=_("“{text}”").format(text=written), hint=hint)
    else:
        owner = facts.by_number(written)
        series = numbering.series.format(code=record.organisation.number_code, organisation=record.organisation.name)
        if owner and owner.series in ("", nfc(series)):
            hint = _("它已经是《{title}》的文号").format(title=" ".join(owner.title.split()))
            expected = _("没有用过的文号，或者留空由系统编号")
            yield finding(Code.NUMBER_TAKEN, record.head, field, expected=expected, hint=hint)


def _text(numbering: Numbering, organisation: Organisation, year: int, n: int) -> str:
    return nfc(numbering.pattern.format(code=organisation.number_code, organisation=organisation.name, year=year, n=n))


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", nfc(text)).translate(_LOOK_ALIKES)


@lru_cache(maxsize=256)
def _expression(pattern: str, organisation: Organisation) -> re.Pattern[str]:
    fixed = {"code": organisation.number_code, "organisation": organisation.name}
    expression = ""
    for literal, name, _specification, _conversion in Formatter().parse(pattern):
        expression += re.escape(_folded(literal))
        if name in fixed:
            expression += re.escape(_folded(fixed[name]))
        elif name:
            expression += f"(?P={name})" if f"(?P<{name}>" in expression else _PARTS[name]
    return re.compile(expression)
