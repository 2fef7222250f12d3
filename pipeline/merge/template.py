"""A template read once: its parts, its compiled Jinja, its styles.

docxtpl's own patching makes Jinja of what Word wrote; compiling that takes most of the time of a merge, so it is done
once for each state of a file and process. What is wrong with a template is told with its file, the words near the
place and what to do, because the person who mends it sits in front of Word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import jinja2
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from lxml import etree

from pipeline.core.errors import ConfigurationError
from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.merge.environment import sandbox
from pipeline.merge.lint import faults
from pipeline.merge.ooxml import XML
from pipeline.merge.package import STYLES, BadPackage, read_parts
from pipeline.merge.stylesheet import StyleSheet

_MERGED = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*|footnotes)\.xml")
_TEMPLATE_ERRORS = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
_XML_TAG = re.compile(r"<[^>]+>")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_REMEDY = "在 Word 里改好模板再运行；“gongwen kinds check”会检查全部占位符"


@dataclass(frozen=True)
class Template:
    """A template ready to be merged: ``sources`` is each merged part as Jinja, ``compiled`` those that have any."""

    path: Path
    parts: Mapping[str, bytes]
    sources: Mapping[str, str]
    compiled: Mapping[str, jinja2.Template]
    styles: StyleSheet

    def merged(self, names: Mapping[str, object]) -> dict[str, bytes]:
        """The parts with these names filled in. Raises ``ConfigurationError`` for what the template gets wrong."""
        parts = dict(self.parts)
        for part, template in self.compiled.items():
            try:
                text = template.render(names)
            except _TEMPLATE_ERRORS as error:
                raise fault(self.path, self.sources[part], error) from error
            parts[part] = text.replace("\n<w:p", "<w:p").encode()
        return parts


def load(path: Path) -> Template:
    """The template at ``path`` as it is now. Raises ``ConfigurationError`` when it cannot be used."""
    return _loaded(path, bytes_of(path))


def sources_of(path: Path, data: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    """All parts of a template, and the Jinja of those that are merged. Raises ``ConfigurationError``."""
    try:
        parts = read_parts(data)
    except BadPackage as error:
        raise ConfigurationError(
            _("模板不是能用的 Word 文件"), where=str(path), remedy=_("在 Word 里另存为“Word 文档（*.docx）”")
        ) from error
    return parts, {name: _as_jinja(data) for name, data in parts.items() if _MERGED.fullmatch(name)}


def fault(path: Path, source: str, error: Exception) -> ConfigurationError:
    """A template's error as a person can mend it, with the placeholder near which it happened."""
    place = _near(source, error)
    if isinstance(error, jinja2.UndefinedError):
        what = _("占位符里的名称没有对应的内容：{error}").format(error=error.message)
    elif isinstance(error, SecurityError):
        what = _("模板里写了不允许的程序代码：{error}").format(error=error.message)
    elif isinstance(error, jinja2.TemplateSyntaxError):
        what = _("占位符写错了：{error}").format(error=error.message)
    else:
        what = _("占位符算不出结果：{error}").format(error=error)
    where = f"{path} {place}" if place else str(path)
    return ConfigurationError(what, where=where, remedy=_(_REMEDY))


@lru_cache(maxsize=64)
def _loaded(path: Path, data: bytes) -> Template:
    parts, sources = sources_of(path, data)
    wrong = [sentence for name in sources for sentence in faults(parts[name])]
    if wrong:
        raise ConfigurationError(_("；").join(wrong), where=str(path), remedy=_(_REMEDY))
    environment = sandbox()
    compiled = {}
    for name, source in sources.items():
        if "{{" in source or "{%" in source:
            try:
                compiled[name] = environment.from_string(source)
            except jinja2.TemplateSyntaxError as error:
                raise fault(path, source, error) from error
    return Template(path, parts, sources, compiled, StyleSheet(parts[STYLES]))


def bytes_of(path: Path) -> bytes:
    """The template's file as it is now. Raises ``ConfigurationError``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            _("读不到模板：{error}").format(error=explained(error)), where=str(path), remedy=_("把模板放回原处")
        ) from error


def _as_jinja(part: bytes) -> str:
    """What docxtpl makes of a part; each paragraph begins a line, so that an error's line tells its paragraph.

    The part is written anew first: some programs save a quotation mark as ``&quot;``, which Jinja does not read.
    """
    xml = etree.tostring(etree.fromstring(part, XML), encoding="unicode")
    patched: str = DocxTemplate(None).patch_xml(xml)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)


def _near(source: str, error: Exception) -> str:
    """The placeholders of the paragraph in which ``error`` happened."""
    number = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else _line(error.__traceback__)
    lines = source.splitlines()
    if number is None or not 0 < number <= len(lines):
        return ""
    words = _XML_TAG.sub("", lines[number - 1])
    tags = _TAG.findall(words)
    return " ".join(tags)[:120] or words[:40]


def _line(traceback: TracebackType | None) -> int | None:
    """The line of the template in a traceback, which Jinja rewrites to the template's own lines."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            found = traceback.tb_lineno
        traceback = traceback.tb_next
    return found
