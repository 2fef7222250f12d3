"""What keeps a file from being TOML at all, in words for somebody who never heard of TOML: the line, and what is wrong.

Python's own reader says it in English and shows no line. What it may say is listed here; a sentence that is not (of a
later Python) is handed on as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from pipeline.core.messages import _

_PLACE = re.compile(r"(?s)(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_SHOWN = 60
"""Characters of a line that are shown."""

_WORDS: Mapping[str, str] = {
    "Invalid value": "等号后面的值看不懂；文字要用英文引号括起来，数字、true、false 不加引号",
    "Expected '=' after a key": "键的后面应为英文等号 =",
    "Expected newline or end of document": "值的后面还有多余的字；一行只写一个键，说明文字前面加 #",
    "Invalid statement": "看不懂这一行；键是英文字母，等号、引号、空格要用英文的，说明前面加 #",
    "Invalid initial character": "看不懂这一行；键是英文字母，等号、引号、空格要用英文的，说明前面加 #",
    "Unescaped '\\'": "双引号里不能有反斜杠 \\；路径用正斜杠 /，或者改用单引号",
    "Invalid hex value": "双引号里不能有反斜杠 \\；路径用正斜杠 /，或者改用单引号",
    "Illegal character '\\n'": "引号没有成对；文字前后要各有一个英文引号",
    "Illegal character '\\r'": "单独的回车不能换行；请用记事本重新保存",
    "Unterminated string": "引号没有成对；文字前后要各有一个英文引号",
    'Expected "\'"': "引号没有成对；文字前后要各有一个英文引号",
    "Illegal character": "有一个看不见的控制字符；删掉这一行重新写",
    "Found invalid character": "有一个看不见的控制字符；删掉这一行重新写",
    "Cannot overwrite a value": "这个键前面写过了，只能写一次",
    "Duplicate inline table key": "这个键前面写过了，只能写一次",
    "Cannot declare": "这一段前面写过了，只能写一次；一个单位一段的写成 [[organisation]]，方括号要双的",
    "Cannot mutate immutable namespace": "这一段前面写过了，只能写一次",
    "Cannot redefine namespace": "这一段前面写过了，只能写一次",
    "Expected ']'": "方括号没有成对；段的开头写成 [office] 或 [[organisation]]，占一整行",
    "Expected ']]'": "方括号没有成对；段的开头写成 [office] 或 [[organisation]]，占一整行",
    "Unclosed array": "列表没有写完，缺方括号 ] 或英文逗号",
    "Unclosed inline table": "花括号没有写完",
    "Invalid date or datetime": "没有这一天；日期写成 2027-01-01，不加引号",
}


def worded(error: tomllib.TOMLDecodeError, text: str) -> str:
    """The line of ``text`` that could not be read, as it stands there, and what is wrong with it."""
    match = _PLACE.fullmatch(str(error))
    if match is None:
        return str(error)
    fitting = (words for begins, words in _WORDS.items() if match["what"].startswith(begins))
    what = next((_(words) for words in fitting), match["what"])
    if match["line"] is None:
        return _("文件末尾：{what}").format(what=what)
    number = int(match["line"])
    line = text.split("\n")[number - 1].strip()
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return _("第 {line} 行“{shown}”：{what}").format(line=number, shown=shown, what=what)
