"""Reading a TOML file that a person wrote, and wording everything that is wrong with it.

The reader of these messages edits with a plain text editor and does not know what a validator is. So every fault is a
sentence with the key it is about, all faults of a file come at once, and a key nobody knows is a fault too: a misspelt
``requierd`` that is silently ignored would let empty boxes through.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.toml_faults import worded


class TomlTable(BaseModel):
    """A table of a TOML file: frozen, and strict about keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The whole file as plain dictionaries. Raises ``ConfigurationError`` when it is absent, not UTF-8 or not TOML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigurationError(
            _("没有这个文件"), where=str(path), remedy=_("检查文件夹的名称，或从备份、样例里拷贝一份")
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            _("文件不是 UTF-8 编码（第 {position} 个字节起读不出）").format(position=error.start),
            where=str(path),
            remedy=_("用记事本“另存为”，编码选 UTF-8"),
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            worded(error, text),
            where=str(path),
            remedy=_("用记事本改好这一行，编码选 UTF-8 保存，再运行一次"),
        ) from None


Location = tuple[int | str, ...]


def faults(error: ValidationError, key_of: Callable[[Location], str]) -> tuple[str, ...]:
    """Every fault of a validated file as a sentence; ``key_of`` writes a location the way the file writes it."""
    return tuple(_fault(dict(fault), key_of) for fault in error.errors())


_WORDS: Mapping[str, str] = {
    "missing": "缺少这个键，请补上",
    "extra_forbidden": "没有这个键，检查拼写",
    "string_type": "应为带引号的文字",
    "bool_type": "应为 true 或 false，不带引号",
    "int_type": "应为整数，不带引号",
    "int_parsing": "应为整数",
    "decimal_type": "应为数字，不带引号",
    "decimal_parsing": "应为数字",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "string_pattern_mismatch": "格式不对，应符合 {pattern}",
    "string_too_short": "太短，至少 {min_length} 个字",
    "too_short": "至少要有 {min_length} 个",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "要大于 {gt}",
    "literal_error": "应为 {expected} 之一",
    "enum": "应为 {expected} 之一",
    "tuple_type": "应为用方括号括起来的列表",
    "dict_type": "应为一张表",
    "model_type": "应为一张表",
}


def _fault(fault: dict[str, Any], key_of: Callable[[Location], str]) -> str:
    key = key_of(fault["loc"])
    words = _WORDS.get(fault["type"])
    context = fault.get("ctx", {})
    if isinstance(context.get("expected"), str):  # 'Y', 'D30' or 'D10'
        context = {**context, "expected": context["expected"].replace(" or ", ", ").replace(", ", _("、"))}
    what = _(words).format(**context) if words else str(context.get("error", fault["msg"]))
    if fault["type"] in ("missing", "extra_forbidden") or isinstance(fault["input"], (dict, tuple, list)):
        return _("{key}：{what}").format(key=key, what=what) if key else what
    value = "".join(char if char.isprintable() else "�" for char in str(fault["input"]))
    return _("{key}：{what}（现在是 “{value}”）").format(key=key, what=what, value=value)
