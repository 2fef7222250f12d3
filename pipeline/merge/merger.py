"""Merge: a numbered record and its kind's template become the official Word file of one paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree
from markupsafe import Markup

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import FieldType, Kind
from pipeline.core.messages import _
from pipeline.core.values import MergedDocument, NumberedRecord, Picture
from pipeline.merge import template as templates
from pipeline.merge.context import blank_context, context_of
from pipeline.merge.finishing import finish
from pipeline.merge.forms import body_of, with_styles
from pipeline.merge.ooxml import XML
from pipeline.merge.package import DOCUMENT, STYLES, with_pictures, with_properties, write_parts
from pipeline.merge.pictures import PICTURE, PictureField, Pictures
from pipeline.merge.places import Places
from pipeline.merge.template import Template

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OUT_OF_TEXT = "</w:t></w:r><w:r>"
_BACK_TO_TEXT = '</w:r><w:r><w:t xml:space="preserve">'


class Merger:
    """Makes Word files. ``kinds`` is every kind by id (for attached blank forms), ``seal_diameter`` in mm."""

    def __init__(self, kinds: Mapping[str, Kind], places: Places, seal_diameter: float = 42.0) -> None:
        self._kinds = kinds
        self._places = places
        self._diameter = seal_diameter

    def merge(self, numbered: NumberedRecord) -> MergedDocument:
        """The Word file of this paper; equal input gives equal bytes.

        Raises ``ConfigurationError`` when the template is at fault, naming file, placeholder and the way to mend it.
        """
        record = numbered.record
        template = templates.load(record.kind.template)
        pictures = Pictures()
        drawn: dict[str, object] = {}
        guests: list[Template] = []
        for field in record.kind.head.fields:
            value = record.head.values.get(field.id)
            if isinstance(value, Picture):
                drawn[field.id] = PictureField(value, field.heading, pictures)
            elif field.type is FieldType.FORM and value:
                guest, drawn[field.id] = self._attached(str(value), record.kind)
                guests.append(guest)
        names = context_of(numbered, drawn) | self._marks(self._seal, self._places.signature)
        parts = template.merged(names)
        _only_in_the_text(parts, template)
        parts = self._finished(template, parts, guests)
        parts = with_pictures(parts, pictures.used)
        parts = with_properties(
            parts,
            title=numbered.title,
            author=record.organisation.name,
            number=numbered.number.text if numbered.number else "",
            day=record.date,
        )
        return MergedDocument(numbered, write_parts(parts))

    def blank_form(self, kind: Kind) -> bytes:
        """The kind's form with nothing filled in, for printing and handing out; no circles, no fields."""
        template, parts = self._blank(kind)
        return write_parts(self._finished(template, parts, ()))

    def _blank(self, kind: Kind) -> tuple[Template, dict[str, bytes]]:
        template = templates.load(kind.template)
        names = blank_context(kind.head, kind.details)
        names |= self._marks(lambda _name: "", lambda _name: self._places.signature(""))
        return template, template.merged(names)

    def _attached(self, identifier: str, host: Kind) -> tuple[Template, Markup]:
        kind = self._kinds.get(identifier)
        if kind is None:
            raise ConfigurationError(
                _("没有“{form}”这种表，不能作“{kind}”的附件").format(form=identifier, kind=host.name),
                where=str(host.folder),
                remedy=_("把这种表的文件夹放进 templates，或改正表样的名称"),
            )
        template, parts = self._blank(kind)
        return template, body_of(parts[DOCUMENT], template.styles, str(template.path))

    def _finished(
        self, template: Template, parts: Mapping[str, bytes], guests: tuple[Template, ...] | list[Template]
    ) -> dict[str, bytes]:
        """The parts with the document's geometry set."""
        try:
            root = etree.fromstring(parts[DOCUMENT], XML)
        except etree.XMLSyntaxError as error:
            raise ConfigurationError(
                _("模板里 {{%p %}}、{{%tr %}} 的位置不对，合成后不是完整的 Word 文件：{error}").format(error=error.msg),
                where=str(template.path),
                remedy=_("{%p %} 要单独占一段，{%tr %} 要单独占一行表格"),
            ) from error
        result = dict(parts)
        for guest in guests:
            result[STYLES] = with_styles(result[STYLES], guest.parts[STYLES], root)
        styles = template.styles if not guests else type(template.styles)(result[STYLES])
        homeless = finish(root, styles, self._places, self._diameter)
        if homeless:
            raise ConfigurationError(
                _("印章“{seal}”不在署名和成文日期旁边，不知道盖在哪里").format(seal="、".join(homeless)),
                where=str(template.path),
                remedy=_("把 seal 占位符放进样式为“成文日期”的一段；在表格里放进样式为“盖章”或“盖章日期”的一段"),
            )
        result[DOCUMENT] = _DECLARATION + etree.tostring(root, encoding="UTF-8")
        return result

    def _seal(self, name: str) -> str:
        return self._places.seal(name, self._diameter)

    @staticmethod
    def _marks(seal: Callable[[str], str], signature: Callable[[str], str]) -> dict[str, object]:
        """The two functions a template may call. A drawing stands between runs, so it ends and reopens the text."""

        def drawn(draw: Callable[[str], str]) -> Callable[[str], Markup]:
            def place(name: str) -> Markup:
                drawing = draw(name)
                return Markup(f"{_OUT_OF_TEXT}{drawing}{_BACK_TO_TEXT}" if drawing else "")

            return place

        return {"seal": drawn(seal), "signature": drawn(signature)}


def _only_in_the_text(parts: Mapping[str, bytes], template: Template) -> None:
    """Pictures and seals belong into the text: a header has no relationship to a picture, and no place for a seal."""
    for name in template.compiled:
        if name != DOCUMENT and (PICTURE.encode() in parts[name] or b"<wp:anchor" in parts[name]):
            raise ConfigurationError(
                _("页眉页脚里不能放照片、印章和签字"), where=str(template.path), remedy=_("把占位符移到正文里")
            )
