"""Long text as paragraphs with their heading levels (GB/T 9704-2012 clause 7.3.3).

Secretaries write the numbering themselves: 一、 then （一） then 1. then （1）. The number alone makes no heading,
though: "1. 推动所在单位……，形成……。" is a whole paragraph that happens to be numbered, and "（一）组织领导。各镇……"
is a heading run into its text. So a numbered paragraph is a heading when what follows the number is short and has no
inner pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = (
    re.compile(r"[一二三四五六七八九十百]+、\s*"),
    re.compile(r"[（(〔][一二三四五六七八九十百]+[）)〕]、?\s*"),
    re.compile(r"[0-9]{1,3}(?:[.．、](?![0-9]))\s*"),
    re.compile(r"[（(〔][0-9]{1,3}[）)〕]\s*"),
)
_LONGEST_HEADING = 40
_SENTENCE_END = re.compile(r"[。！？]")
_PAUSE = re.compile(r"[，；：,;]")
_BLANK = " \t\r\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``level`` is 1 to 4 for a heading, 0 for text. ``head`` + ``rest`` is ``text``; for a heading on
    a line of its own ``rest`` is empty, for text ``head`` is."""

    text: str
    level: int = 0
    head: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class LongText:
    """A long text as a template sees it: ``{%p for p in body.paragraphs %}``, or printed whole with line breaks."""

    paragraphs: tuple[Paragraph, ...] = ()

    def __str__(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def __bool__(self) -> bool:
        return bool(self.paragraphs)


def long_text(text: str) -> LongText:
    """The text's paragraphs, one a line; empty lines and blanks at the ends of a line are layout and go."""
    return LongText(tuple(_paragraphs(text)))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        words = line.strip(_BLANK)
        if words:
            yield _judged(words)


def _judged(text: str) -> Paragraph:
    for level, number in enumerate(_NUMBERS, start=1):
        match = number.match(text)
        if match:
            head = _heading(text, match.end())
            if head:
                return Paragraph(text, level, head, text[len(head) :])
            break
    return Paragraph(text, 0, "", text)


def _heading(text: str, start: int) -> str:
    """The heading at the beginning of a numbered text, its number included; empty when it is none."""
    end = _SENTENCE_END.search(text, start)
    head = text[: end.end()] if end else text
    words = head[start:].rstrip("。！？")
    return head if words and len(words) <= _LONGEST_HEADING and not _PAUSE.search(words) else ""
