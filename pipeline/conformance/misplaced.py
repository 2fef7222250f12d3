"""The two clauses whose breach keeps a paper out of the archive: text on the first page, 版记 on the last.

Most clauses a secretary may judge for herself. A first page without text (7.3.3) and a 版记 that slid to another page
(7.4.1) mean that the content did not fit the template, and no reader would take such a paper for official.
"""

from __future__ import annotations

from pipeline.conformance.clause import Verdict
from pipeline.conformance.clauses.foot import imprint_page
from pipeline.conformance.clauses.text import first_page_body
from pipeline.conformance.parts import Format, dissect
from pipeline.conformance.reading import measure
from pipeline.core.errors import CannotRender
from pipeline.core.messages import _

_OFFICIAL = frozenset(Format) - {Format.GENERAL, Format.OUTSIDE}


def refuse_misplaced(pdf: bytes, format: str) -> None:
    """Raise ``CannotRender`` when an official paper of this format (that of its kind) breaks one of the two.

    A template without 版记 is no slip of one paper; ``audit`` reports it. Papers of other formats (事务文书) pass.
    """
    if format not in _OFFICIAL:
        return
    parts = dissect(measure(pdf), Format(format))
    faults = []
    if first_page_body(parts).verdict is Verdict.FAIL:
        faults.append(_("首页没有正文：版头、标题和主送机关占满了第一页（公文首页必须有正文）"))
    imprint = imprint_page(parts)
    if parts.imprint is not None and imprint.verdict is Verdict.FAIL:
        faults.append(
            _("版记（抄送、印发）没有全在最后一页：在{found}，全文共 {pages} 页").format(
                found=imprint.found, pages=len(parts.paper.pages)
            )
        )
    if faults:
        raise CannotRender("\n".join(faults), remedy=_("把标题、主送机关或抄送机关写短些，再放一次"))
