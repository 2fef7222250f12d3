"""What a finished PDF shows, read by another program than the one that wrote it (pdfium), in millimetres from the top
left corner of the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
import pypdfium2

_MM = 25.4 / 72


@dataclass(frozen=True)
class Character:
    """One character. ``x`` is where it begins, ``width`` its advance, ``base`` its base line (em box: 0.86 above)."""

    text: str
    x: float
    width: float
    top: float
    bottom: float


@dataclass(frozen=True)
class TextLine:
    """Characters that stand at one height, from left to right."""

    text: str
    x: float
    right: float
    top: float
    bottom: float


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def characters(pdf: bytes, page: int = 1) -> list[Character]:
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page - 1]
        height = sheet.get_height()
        text = sheet.get_textpage()
        found = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            character = text.get_text_range(index, 1)
            if character.strip():
                found.append(
                    Character(
                        character, left * _MM, (right - left) * _MM, (height - top) * _MM, (height - bottom) * _MM
                    )
                )
        return found


def text_lines(pdf: bytes, page: int = 1) -> list[TextLine]:
    """The lines of a page, from the top; characters within a millimetre of height belong together."""
    rows: list[list[Character]] = []
    for character in sorted(characters(pdf, page), key=lambda each: each.bottom):
        if rows and abs(rows[-1][0].bottom - character.bottom) < 1.0:
            rows[-1].append(character)
        else:
            rows.append([character])
    result = []
    for each in rows:
        ordered = sorted(each, key=lambda character: character.x)
        result.append(
            TextLine(
                "".join(character.text for character in ordered),
                ordered[0].x,
                ordered[-1].x + ordered[-1].width,
                min(character.top for character in ordered),
                max(character.bottom for character in ordered),
            )
        )
    return result


def ink(pdf: bytes, page: int = 1, dpi: int = 254) -> numpy.ndarray:
    """A page as a grey picture, 0 black to 255 white; at 254 dpi ten pixels are a millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page - 1].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()


def level_rules(pdf: bytes, page: int = 1, share: float = 0.5) -> list[tuple[float, float, float]]:
    """Level lines longer than ``share`` of the page: (middle, left, right) in mm, from the top."""
    dark = ink(pdf, page) < 128
    rows = [row for row in range(dark.shape[0]) if dark[row].mean() > share]
    groups: list[list[int]] = []
    for row in rows:
        if groups and row == groups[-1][-1] + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    result = []
    for group in groups:
        columns = numpy.flatnonzero(dark[group[0]])
        result.append(((group[0] + group[-1] + 1) / 20, columns[0] / 10, (columns[-1] + 1) / 10))
    return result
