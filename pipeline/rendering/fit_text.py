"""Text fitted to a width (w:fitText, 调整宽度): 姓名 as wide as 工作单位 (ECMA-376 part 1, 17.3.2.14)."""

from __future__ import annotations

from dataclasses import replace

from pipeline.rendering import kinsoku
from pipeline.rendering.atoms import Book
from pipeline.rendering.model import Text


def fitted(item: Text, width: float, book: Book) -> tuple[Text, ...]:
    """The text opened evenly between its characters to ``width`` points, or narrowed when it is wider."""
    style = item.style
    natural = natural_width(replace(item, style=replace(style, spacing=0.0)), book)
    if natural > width:
        return (replace(item, style=replace(style, spacing=0.0, scale=max(style.scale * width / natural, 0.01))),)
    last = replace(item, text=item.text[-1:], style=replace(style, spacing=0.0))
    if len(item.text) < 2:
        return (last,)
    opened = replace(style, spacing=(width - natural) / (len(item.text) - 1))
    return replace(item, text=item.text[:-1], style=opened), last


def natural_width(item: Text, book: Book) -> float:
    """How wide a text is by itself, in points, the spacing behind its last character included."""
    style = item.style
    advance = sum(
        book.glyph(style, each, east_asian=kinsoku.is_east_asian(each, hint=style.hint_east_asian)).advance
        for each in item.text
    )
    return advance * style.size * style.scale + style.spacing * len(item.text)
