"""The text of a paper's printed code (二维码): what a scan must tell to be brought back to its paper.

One line of ASCII, ``GW1 <paper> <digest> <pages>`` with single spaces: the paper's id, the first eight digits of its
Word file's SHA-256, and how many pages it has. The printed code and the reader of scans both come here for it. ``GW1``
is the first edition of this text; papers lie in drawers for decades, so it is never changed, only followed by another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"GW1 (?P<paper>[0-9a-f]{16}) (?P<digest>[0-9a-f]{8}) (?P<pages>[1-9][0-9]{0,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What is printed on a paper: ``paper`` is its lasting id (16 hexadecimal digits), ``digest`` how the SHA-256 of
    its Word file begins (8), ``pages`` their number, from 1."""

    paper: str
    digest: str
    pages: int

    def __str__(self) -> str:
        return f"GW1 {self.paper} {self.digest} {self.pages}"


def paper_code(paper: str, docx_sha256: str, pages: int) -> PaperCode:
    """The code of a paper by the whole digest of its Word file. Raises ``ValueError`` for what no reader would take."""
    code = PaperCode(paper, docx_sha256[:8], pages)
    if read_code(str(code)) != code:
        raise ValueError(f"no printed code says this: {code}")
    return code


def read_code(text: str) -> PaperCode | None:
    """The code that a scan shows; None for any other text, since a page may carry codes of other makers."""
    shape = _SHAPE.fullmatch(text)
    return PaperCode(shape["paper"], shape["digest"], int(shape["pages"])) if shape else None
