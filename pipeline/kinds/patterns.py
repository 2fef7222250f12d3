"""The title (题名) and the file name of a paper, made from its fields by the kind's patterns.

The patterns are Jinja, and they come from a folder that others can write to. A sandbox alone does not stop a loop over
a thousand million; so a pattern may only print fields, choose and compare, which no title needs to go beyond.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.core.calendar import written, written_month
from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import FieldType, Kind
from pipeline.core.messages import _
from pipeline.core.text import collapsed, nfc
from pipeline.core.values import Value

NUMBER = "number"
"""The name by which a pattern speaks of the paper's number (发文字号, 编号, 期号)."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def title_of(kind: Kind, values: Mapping[str, Value], number: str = "") -> str:
    """The full title of the paper whose head row holds ``values``, on one line.

    Raises ``ConfigurationError`` when the kind's pattern makes nothing of these values.
    """
    return _written_out(kind, "title", kind.title, values, number)


def file_name_of(kind: Kind, values: Mapping[str, Value], number: str = "") -> str:
    """The paper's name in the archive, without suffix, not yet cut or freed of forbidden characters.

    Raises ``ConfigurationError`` when the kind's pattern makes nothing of these values.
    """
    return _written_out(kind, "file_name", kind.file_name, values, number)


def names_in(pattern: str) -> frozenset[str]:
    """The names a pattern speaks of. Raises ``ValueError`` with a Chinese sentence for what no pattern may do."""
    try:
        tree = _environment.parse(pattern)
    except TemplateSyntaxError as error:
        raise ValueError(_("写法不对：{error}").format(error=error.message)) from None
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise ValueError(_("只能写 {{ 字段 }} 和 {% if %}，不能用循环、函数和过滤器"))
    return frozenset(node.name for node in tree.find_all(nodes.Name))


def _written_out(kind: Kind, key: str, pattern: str, values: Mapping[str, Value], number: str) -> str:
    words = {field.id: _words(field.type, values.get(field.id)) for field in kind.head.fields}
    text = collapsed(nfc(_compiled(pattern).render(words | {NUMBER: number})))
    if not text:
        raise ConfigurationError(
            _("按 {key} = “{pattern}” 写不出名称：用到的字段都是空的").format(key=key, pattern=pattern),
            where=f"{kind.folder / 'kind.toml'}: {key}",
            remedy=_("在 {key} 里至少用一个必填字段").format(key=key),
        )
    return text


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Template:
    names_in(pattern)
    return _environment.from_string(pattern)


def _words(type_: FieldType, value: Value) -> str:
    """A value as it stands in a title."""
    if isinstance(value, date):
        return written_month(value) if type_ is FieldType.MONTH else written(value)
    if isinstance(value, str):
        return _on_one_line(value)
    return "" if value is None or type_ is FieldType.IMAGE else str(value)


def _on_one_line(text: str) -> str:
    """Lines joined as a reader would: Chinese without a gap, Latin words with one."""
    joined = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        gap = " " if joined and _is_latin(joined[-1]) and _is_latin(line[0]) else ""
        joined += gap + line
    return joined


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
