"""Whether the scan of a paper may go beside it: what the code says against what is filed. Decides; touches nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.scanning.splitting import Bundle


@dataclass(frozen=True, slots=True)
class Known:
    """What is filed under a code's paper: the SHA-256 of its Word file, its pages, and in ``refused`` why nothing may
    be put beside it any more ("" when it may)."""

    docx: str
    pages: int
    refused: str = ""


def mismatch(bundle: Bundle, known: Known | None) -> Finding | None:
    """Why this scan is not taken, at its first page; None when it is the print that was filed."""
    code = bundle.code
    if known is None:
        return _at(
            bundle, Code.SCAN_UNKNOWN, _("可能是别的办公室印的，或者登记簿是旧的；请管理员用 gongwen reindex 核对")
        )
    if known.refused:
        return _at(bundle, Code.SCAN_WITHDRAWN, known.refused)
    if not known.docx.startswith(code.digest) or known.pages != code.pages:
        return _at(bundle, Code.SCAN_OTHER_PRINT, _("纸上印的是另一稿；请打印档案库里的那一份，盖章后再扫描"))
    return None


def _at(bundle: Bundle, code: Code, hint: str) -> Finding:
    return Finding(code, cell=_("第{page}页").format(page=bundle.pages[0]), hint=hint)
