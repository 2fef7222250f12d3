"""What was seen on the pages of a scan; small enough to travel back from the child process."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.papercode import PaperCode


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A printed code on a page. ``code`` is None for one that is there and cannot be read."""

    code: PaperCode | None


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan: ``number`` counts from 1, ``width`` and ``height`` in pixels, ``dpi`` 0.0 when not known.

    ``codes`` are our own codes on it, other makers' left out; a ``blank`` page has no ink to speak of.
    """

    number: int
    width: int
    height: int
    dpi: float = 0.0
    codes: tuple[CodeSeen, ...] = ()
    blank: bool = False
