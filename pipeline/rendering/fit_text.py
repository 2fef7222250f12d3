"""Text fitted to a width (w:fitText, 调整宽度): 姓名 as wide as 工作单位 (ECMA-376 part 1, 17.3.2.14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.rendering import kinsoku
from pipeline.rendering.atoms import Book
from pipeline.rendering.markup import Element, attribute, child, q
from pipeline.rendering.model import Break, Frame, InlineBox, Item, PageField, Tab, Text


def fitted(item: Text, whole: Sequence[Text], width: float, book: Book, *, last: bool) -> tuple[Text, ...]:
    """A run of a text that is opened evenly between its characters to ``width`` points, or narrowed when it is wider.

    ``whole`` are all runs of the text, without their own spacing; ``last``: it ends with this one.
    """
    style = replace(item.style, spacing=0.0)
    natural = sum(natural_width(each, book) for each in whole)
    if natural > width:
        return (replace(item, style=replace(style, scale=max(style.scale * width / natural, 0.01))),)
    count = sum(len(each.text) for each in whole)
    opened = replace(style, spacing=(width - natural) / (count - 1)) if count > 1 else style
    if not last:
        return (replace(item, style=opened),)
    final = replace(item, text=item.text[-1:], style=style)
    return (replace(item, text=item.text[:-1], style=opened), final) if len(item.text) > 1 else (final,)


def fitted_line(items: Sequence[Item], frame: Frame, book: Book) -> list[Item]:
    """A paragraph of a cell whose text is fitted to its width (w:tcFitText, 适应文字): as one text, as wide as its
    frame. One with tabs, breaks or pictures in it stays as it is."""
    texts = [item for item in items if isinstance(item, Text) and item.text]
    if any(isinstance(item, Tab | Break | InlineBox | PageField) for item in items) or not texts:
        return list(items)
    plain = {id(text): replace(text, style=replace(text.style, spacing=0.0, off_grid=True)) for text in texts}
    width = max(frame.width - frame.left - frame.first - frame.right, 1.0)
    fit: list[Item] = []
    for item in items:
        if isinstance(item, Text) and id(item) in plain:
            fit += fitted(plain[id(item)], list(plain.values()), width, book, last=item is texts[-1])
        else:
            fit.append(item)
    return fit


def fitted_together(own: Element | None, paragraph: Element) -> list[Element]:
    """The runs with text that follow one another in the w:fitText of ``own``, which Word numbers alike; none when
    others stand between them."""
    name = attribute(child(own, "w:rPr", "w:fitText"), "w:id")
    every = [run for run in paragraph.iter(q("w:r")) if run.find(q("w:t")) is not None]
    among = [run for run in every if attribute(child(run, "w:rPr", "w:fitText"), "w:id", "-") == name]
    begin = every.index(among[0]) if among else 0
    return among if every[begin : begin + len(among)] == among else []


def natural_width(item: Text, book: Book) -> float:
    """How wide a text is by itself, in points, the spacing behind its last character included."""
    style = item.style
    advance = sum(
        book.glyph(style, each, east_asian=kinsoku.is_east_asian(each, hint=style.hint_east_asian)).advance
        for each in item.text
    )
    return advance * style.size * style.scale + style.spacing * len(item.text)
