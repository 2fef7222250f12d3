"""Dates as people write them in cells, read without guessing.

``2020.4.16``, ``2020/4/16``, ``2020年4月16日``, ``二〇二〇年四月十六日`` and what Excel makes of them. Three
traps: 1975.10 typed as a number is stored as 1975.1 (January or October, nobody knows); 1975.03 typed into a cell
formatted as a date is stored as day 1975 of Excel's calendar, a plausible day in 1905; and a date whose format was
lost shows as 43937. All three are refused with the reason.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.core.calendar import written
from pipeline.core.messages import _

_FIGURES = {character: str(figure) for figure, character in enumerate("〇一二三四五六七八九")}
_FIGURES |= {"零": "0", "○": "0", "Ｏ": "0", "O": "0", "o": "0", "◯": "0", "元": "1"}
_NOTES = re.compile(
    r"\(\s*(?:\d{1,3}\s*周?岁|星期[一二三四五六日天]|周[一二三四五六日天])\s*\)|星期[一二三四五六日天]$|(?<=[月日号])(?:出)?生$|^公元(?=\d)"
)
_CLOCK = re.compile(r"[T\s](?:上午|下午)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?$")
_SEPARATED = re.compile(r"(\d{4})\s*(?:年|[./\-])\s*(\d{1,2})(?:\s*(?:月|[./\-])\s*(?:(\d{1,2})\s*[日号]?)?)?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_IN_CHARACTERS = re.compile(
    r"([〇零○ＯOo◯一二三四五六七八九]{4}|\d{4})年([一二三四五六七八九十元]{1,3}|\d{1,2})月(?:([一二三四五六七八九十廿卅]{1,3}|\d{1,2})[日号])?"
)
_LISTED = re.compile(r"^(\d{4})[、,](\d{1,2})[、,](\d{1,2})$")
_WITHOUT_YEAR = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_SEVERAL = re.compile(r"\d{4}\D+\d{1,2}.*(?:[-~至到]|、)\s*(?:\d{4}\D+)?\d{1,2}\D.*")
_SHORT_YEAR = re.compile(r"'?\d{2}\s*[年./\-]\s*\d{1,2}(?:\s*[月./\-]\s*\d{1,2}\s*日?)?")
_DAY_FIRST = re.compile(r"\d{1,2}[./\-]\d{1,2}[./\-]\d{4}")

_VAGUE = re.compile(
    r".*\d(?:年|月)?(?:年?底|年?初|年?末|[上中下]旬|[上下]半[年月]|第?[一二三四]季度|春节|左右|以?[前后内]|之[前后内]|年内)+"
)
"""A deadline or a stretch of time, as people put it: 2026年6月底前."""

_EARLIEST, _LATEST = 1900, 2100
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a value is no date, as a Chinese hint; empty when there is nothing better to say than "it is none"."""

    hint: str = ""


def day_of(value: str | int | float | date | datetime) -> date | Unclear:
    """A cell as a day."""
    parts = _parts(value)
    if isinstance(parts, Unclear):
        return parts
    year, month, day = parts
    if day is None:
        return Unclear(_("还缺“日”，请写全年、月、日"))
    return _checked(year, month, day)


def month_of(value: str | int | float | date | datetime) -> date | Unclear:
    """A cell as a month: its first day. A full date counts for its month."""
    parts = _parts(value)
    if isinstance(parts, Unclear):
        return parts
    year, month, day = parts
    checked = _checked(year, month, 1 if day is None else day)
    return checked if isinstance(checked, Unclear) else checked.replace(day=1)


def _parts(value: str | int | float | date | datetime) -> tuple[int, int, int | None] | Unclear:
    if isinstance(value, date):
        return _excel_date(value)
    if isinstance(value, int | float):
        return _number(value)
    return _text(value)


def _excel_date(value: date) -> tuple[int, int, int | None] | Unclear:
    day = value.date() if isinstance(value, datetime) else value
    serial = (day - _EXCEL_EPOCH).days
    if _EARLIEST <= serial <= _LATEST:
        return Unclear(
            _("这一格可能填的是“{number}”，被 Excel 当成了1905年的日期；请把格式设成“文本”，再写成“1975年3月”").format(
                number=_serial_as_typed(value, serial)
            )
        )
    return day.year, day.month, day.day


def _serial_as_typed(value: date, serial: int) -> str:
    """The number behind a date cell, as its sender typed it: 1905-05-28 00:43 is 1975.03."""
    if isinstance(value, datetime):
        fraction = (value.hour * 3600 + value.minute * 60 + value.second) / 86400
        return f"{serial + fraction:.2f}"
    return str(serial)


def _number(value: int | float) -> tuple[int, int, int | None] | Unclear:
    if value != value or abs(value) >= 1e9:
        return Unclear()
    if value == int(value):
        whole = str(int(value))
        if _TOGETHER.fullmatch(whole):
            return _text(whole)
        if _EARLIEST <= value <= _LATEST:
            return Unclear(_("只有年份，请写全"))
        if 7000 <= value <= 80000:
            day = _EXCEL_EPOCH + timedelta(days=int(value))
            return Unclear(
                _("这一格可能是丢了格式的日期（{day}）；请把单元格格式改成“日期”，核对后再放进来").format(
                    day=written(day)
                )
            )
        return Unclear()
    text = f"{value:.10f}".rstrip("0")
    year, _point, month = text.partition(".")
    if not re.fullmatch(r"\d{4}", year) or len(month) > 2:
        return Unclear()
    if month == "1":
        return Unclear(
            _("分不清是{year}年1月还是10月（Excel 会去掉末尾的0）；请写成“{year}年10月”这样").format(year=year)
        )
    return int(year), int(month), None


def _text(text: str) -> tuple[int, int, int | None] | Unclear:
    text = unicodedata.normalize("NFKC", text).replace("。", ".").replace("—", "-").replace("–", "-").strip()
    text = _LISTED.sub(r"\1.\2.\3", text)
    text = _CLOCK.sub("", _NOTES.sub("", text).strip()).strip().rstrip(".,;")
    compact = re.sub(r"\s+", "", text)
    for candidate in (text, compact):
        match = _SEPARATED.fullmatch(candidate) or _TOGETHER.fullmatch(candidate)
        if match:
            year, month, day = match.groups()
            return int(year), int(month), None if day is None else int(day)
    match = _IN_CHARACTERS.fullmatch(compact)
    if match:
        year, month, day = match.groups()
        figures = "".join(_FIGURES.get(character, character) for character in year)
        return int(figures), _small(month), None if day is None else _small(day)
    if _DAY_FIRST.fullmatch(compact):
        return Unclear(_("分不清哪个是月、哪个是日，请把年写在前面"))
    if _SHORT_YEAR.fullmatch(compact):
        return Unclear(_("年份请写四位数字"))
    if _WITHOUT_YEAR.fullmatch(compact):
        return Unclear(_("没有写年份，请写全年、月、日"))
    if _SEVERAL.fullmatch(compact) and len(re.findall(r"\d{4}|月", compact)) > 1:
        return Unclear(_("这一格只写一个日期"))
    if re.fullmatch(r"\d{4}年?", compact):
        return Unclear(_("只有年份，请写全"))
    if _VAGUE.fullmatch(compact):
        return Unclear(_("这不是确切的一天，请写定是哪一天；期限就写最后一天"))
    return Unclear()


def _small(characters: str) -> int:
    """``十六 -> 16``, ``廿三 -> 23``, ``4 -> 4``; 0 for what is no number."""
    if characters.isdecimal():
        return int(characters)
    characters = characters.replace("廿", "二十").replace("卅", "三十").replace("元", "一").replace("二十十", "二十")
    tens, ten, ones = characters.partition("十")
    if not ten:
        return int("".join(_FIGURES[character] for character in characters)) if len(characters) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return int(_FIGURES[tens] if tens else "1") * 10 + int(_FIGURES[ones] if ones else "0")


def _checked(year: int, month: int, day: int) -> date | Unclear:
    if not _EARLIEST <= year <= _LATEST:
        return Unclear(
            _("{year}年不在{earliest}年到{latest}年之间").format(year=year, earliest=_EARLIEST, latest=_LATEST)
        )
    if not 1 <= month <= 12:
        return Unclear(_("没有{month}月").format(month=month))
    last = calendar.monthrange(year, month)[1]
    if day < 1:
        return Unclear(_("没有{day}日").format(day=day))
    if day > last:
        return Unclear(_("{year}年{month}月只有{last}天").format(year=year, month=month, last=last))
    return date(year, month, day)
