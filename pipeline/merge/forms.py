"""A blank form of one kind as an attachment inside a paper of another.

The form's tables are copied as they are; its title is not, for the paper that attaches it prints the title itself
(GB/T 9704-2012 clause 7.3.7). Both templates come from the same styles; a style the paper lacks is brought along.
"""

from __future__ import annotations

import re

from lxml import etree
from markupsafe import Markup

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.merge.ooxml import NAMESPACES, XML, Element, style_of, w, words_of
from pipeline.merge.ooxml import body_of as document_body
from pipeline.merge.stylesheet import StyleSheet

_TITLE = "表名"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def body_of(document: bytes, styles: StyleSheet, where: str) -> Markup:
    """The blocks of a merged blank form (its document part), without title and page set-up, as Word XML.

    Raises ``ConfigurationError`` when the form holds a picture or a link, which cannot move to another file.
    """
    body = document_body(etree.fromstring(document, XML))
    copied = [block for block in body if block.tag != w("sectPr") and styles.name(style_of(block)) != _TITLE]
    while copied and copied[-1].tag == w("p") and not words_of(copied[-1]).strip():
        copied.pop()
    for block in copied:
        if any(str(name).startswith(_RELATION) for element in block.iter() for name in element.attrib):
            raise ConfigurationError(
                _("空白表样里有图片或链接，不能作附件"), where=where, remedy=_("从表样的模板里删去图片和链接")
            )
    return Markup("".join(etree.tostring(block, encoding="unicode", with_tail=False) for block in copied))


def with_styles(host: bytes, guest: bytes, document: Element) -> bytes:
    """The host's styles part with those styles added that ``document`` uses and only the guest defines."""
    known, offered = StyleSheet(host), etree.fromstring(guest, XML)
    by_id = {style.get(w("styleId")): style for style in offered.iterfind("w:style", NAMESPACES)}
    wanted = [name.get(w("val"), "") for name in document.iter(w("pStyle"), w("rStyle"), w("tblStyle"))]
    added: dict[str, bytes] = {}
    while wanted:
        identifier = wanted.pop()
        if identifier in known or identifier in added or identifier not in by_id:
            continue
        style = by_id[identifier]
        added[identifier] = etree.tostring(style, with_tail=False)
        wanted.extend(each.get(w("val"), "") for each in style.iterfind("w:basedOn", NAMESPACES))
    if not added:
        return host
    return re.sub(rb"</w:styles>\s*$", b"".join(added[key] for key in sorted(added)) + b"</w:styles>", host)
