"""The sandbox templates run in.

A template lies on a shared drive and anybody may edit it, so it must not reach Python (``''.__class__`` …), nor mark a
cell's text as safe XML. Whatever is printed is escaped here, its line breaks become Word's, and an unknown name is an
error: a misspelt placeholder must not print as nothing.
"""

from __future__ import annotations

import math

from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.core.calendar import age
from pipeline.core.text import without_forbidden
from pipeline.merge.charts import bars
from pipeline.merge.context import Day
from pipeline.merge.pictures import PictureField

_LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
_DIGITS = "零一二三四五六七八九"


def sandbox() -> ImmutableSandboxedEnvironment:
    """A fresh environment with our filters: ``age``, ``bars``, ``full_stop``, ``numeral`` and ``within``."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=on_paper)
    for name in ("safe", "xmlattr", "urlize", "tojson"):  # these make markup of text
        del environment.filters[name]
    environment.filters.update(age=_age, bars=bars, full_stop=full_stop, numeral=numeral, within=_within)
    return environment


def on_paper(value: object) -> object:
    """A value as it enters the Word file: None and NaN as nothing, text escaped, its line breaks and tabs as Word's."""
    if isinstance(value, Undefined | Markup):
        return value
    if isinstance(value, PictureField):
        return Markup(value.__html__())
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = escape(without_forbidden(str(value).replace("\r\n", "\n").replace("\r", "\n")))
    return text.replace("\n", _LINE_BREAK).replace("\t", _TAB)


def full_stop(value: object) -> str:
    """The text with exactly one 。 at its end; nothing stays nothing."""
    text = str(value).rstrip("。. ")
    return f"{text}。" if text else ""


def numeral(number: int) -> str:
    """1 to 99 in characters, for ``一、``. Raises ``ValueError`` beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"no numeral for {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


@pass_context
def _age(context: Context, born: object) -> str:
    """Full years from a date field to the date of the paper; nothing when either is missing."""
    today = context.get("dated")
    if not isinstance(born, Day) or not isinstance(today, Day):
        return ""
    return str(age(born.day, today.day))


def _within(picture: object, width: float, height: float) -> object:
    """A picture within a box of mm; an empty field stays empty."""
    return picture.fitted(width, height) if isinstance(picture, PictureField) else picture
