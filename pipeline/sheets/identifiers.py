"""Names, telephone numbers, identity and credit codes as text, exact to the last digit.

An identity number typed into an ordinary cell has 18 digits; Excel keeps 15 and puts zeros behind them. What is left
is a plausible number of somebody else, so it is refused by its type alone (PITFALLS First 3). Checksums are judged in
``validation``: here a code only has to be the text its sender wrote.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.sheets.faults import Fault
from pipeline.sheets.wording import one_line

ROUNDED = Fault(
    Code.ROUNDED,
    expected=_("文本格式的号码"),
    hint=_("超过15位的数字 Excel 会改动后几位，已无法还原；请先把单元格格式设成“文本”，再照原件重新填写"),
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_DOTS = re.compile("[•‧・･∙⋅․.．●]")
_NAME = re.compile(
    rf"[{_HAN}]{{2,7}}|[{_HAN}]{{1,20}}(?:·[{_HAN}]{{1,20}})+|[A-ZÀ-Þ][A-Za-zÀ-ÿ'’\-]*(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ'’\-]*)+"
)
_ADDRESS = re.compile(r"(?<=..)(?:同志|先生|女士|书记|主任|校长|委员)$")
_SPACED = re.compile(rf"[{_HAN}](?: [{_HAN}]){{1,3}}|[{_HAN}]{{2}} [{_HAN}]|[{_HAN}] [{_HAN}]{{2}}")
"""One name with blanks inside; 张三 李四 is two."""

_PLAIN_ID = re.compile(r"[1-9][0-9]{16}[0-9X]")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_PLAIN_NAME = re.compile(
    r"(?![暂没]?[无有]|[同如][上前]|.?(?:锟斤拷|烫烫烫|屯屯屯))"
    r"(?:[一-龥]{2,3}|[一-龥]{4}(?<!同志)(?<!先生)(?<!女士)(?<!书记)(?<!主任)(?<!校长)(?<!委员))"
)

_SEVERAL = re.compile(r"[、，,;；/和及 ]")
_EXTENSION = r"(?:-\d{1,6}|转\d{1,6})?"
_TELEPHONE = re.compile(
    rf"1[3-9]\d{{9}}|0\d{{2,3}}-?\d{{7,8}}{_EXTENSION}|\d{{7,8}}{_EXTENSION}|[48]00(?:-?\d{{3}}-?\d{{4}}|\d-\d{{3}}-\d{{3}})|(?:1[12]\d|12\d{{3}}|9[56]\d{{3,4}})"
)


def is_plain_id(text: str) -> bool:
    """Whether a text can only be an identity number as it is."""
    return _PLAIN_ID.fullmatch(text) is not None


def is_plain_mobile(text: str) -> bool:
    """Whether a text can only be a mobile number as it is."""
    return _PLAIN_MOBILE.fullmatch(text) is not None


def is_plain_name(text: str) -> bool:
    """Whether a text can only be a name as it is: two to four common characters (but 暂无 is no name)."""
    return _PLAIN_NAME.fullmatch(text) is not None


def id_card(raw: str | int | float) -> str | Fault:
    """公民身份号码 as 18 characters' worth of text."""
    return _code(raw)


def credit_code(raw: str | int | float) -> str | Fault:
    """统一社会信用代码 as text."""
    return _code(raw)


def _code(raw: str | int | float) -> str | Fault:
    if not isinstance(raw, str):
        return ROUNDED if abs(raw) >= 1e15 else one_line(_figures(raw))
    text = re.sub(r"[\s'‘’`-]+", "", unicodedata.normalize("NFKC", one_line(raw))).upper()
    if _SCIENTIFIC.fullmatch(text):
        return ROUNDED
    return one_line(text) or one_line(raw)  # nothing but signs: not a number, and not an empty cell either


def phone(raw: str | int | float) -> str | Fault:
    """One telephone number, or several joined by 、; figures half-width, the sender's dashes kept."""
    text = raw if isinstance(raw, str) else _figures(raw)
    text = unicodedata.normalize("NFKC", one_line(text)).replace("—", "-").replace("–", "-").replace("－", "-")
    numbers = [_telephone(part) for part in re.split(r"[、,;/]", text) if part.strip()]
    if numbers and all(numbers):
        return "、".join(number for number in numbers if number)
    hint = _("请只写号码，几个号码用“、”隔开")
    if not isinstance(raw, str) and len(text) in (10, 11):
        hint = _("座机号开头的0可能被 Excel 去掉了，请把单元格格式设成“文本”再填")
    elif re.fullmatch(r"1\d+", text.replace(" ", "")):
        hint = _("手机号应为11位，这里是{n}位").format(n=len(text.replace(" ", "")))
    return Fault(Code.NOT_A_PHONE, expected=_("11位手机号，或带区号的座机，如“0919-2180001”"), hint=hint)


def _telephone(part: str) -> str:
    """One number without blanks, brackets and country code; empty when it is none."""
    number = re.sub(r"^(?:电话|手机|联系电话|tel)[::]?", "", part.strip(), flags=re.IGNORECASE)
    number = re.sub(r"^\((0\d{2,3})\)\s*", r"\1-", number)
    number = re.sub(r"^(?:\+|00)?86-?(?=1\d{2}-?\d{4}-?\d{4}$)|^(?:\+|00)86-?", "", number.replace(" ", ""))
    if re.fullmatch(r"1\d{2}-\d{4}-\d{4}", number):
        number = number.replace("-", "")
    return number if _TELEPHONE.fullmatch(number) else ""


def person(text: str) -> str | Fault:
    """A person's name: the blank inside 张 三 goes, the dot of 买买提·艾力 is the one the name has, U+00B7."""
    name = one_line(text)
    if _SPACED.fullmatch(name):
        name = name.replace(" ", "")
    if re.search(rf"[{_HAN}]", name):
        name = re.sub(r"\s*·\s*", "·", _DOTS.sub("·", name))
    if _NAME.fullmatch(name) and not _ADDRESS.search(name):
        return name
    hint = _("请只写姓名，姓名要照身份证上的写全")
    if _ADDRESS.search(name):
        hint = _("只写姓名，称呼和职务请去掉")
    elif re.fullmatch(rf"[{_HAN}]{{1,2}} [{_HAN}]{{1,2}}", name):
        hint = _("是一个人就去掉中间的空格，是两个人请分两行")
    elif _SEVERAL.search(name):
        hint = _("这一格只填一个人，几个人请分几行")
    elif re.search(r"[(（]", name):
        hint = _("姓名后面的括号和说明请去掉")
    elif re.search(r"\d", name):
        hint = _("姓名里有数字，请检查是不是填错了列")
    elif len(name) == 1:
        hint = _("只有一个字，请写全姓名")
    return Fault(Code.NOT_A_PERSON, expected=_("一个人的姓名"), hint=hint)


def _figures(number: int | float) -> str:
    return str(int(number)) if number == number and abs(number) < 1e15 and number == int(number) else str(number)
