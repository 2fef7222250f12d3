"""Two lines in one (w:eastAsianLayout combine, 双行合一): the organs of a joint paper beside one 文件 (17.3.2.10).

The words stand in two lines of half their size, one above the other, in the height of the line they are in. Both begin
at the left; who wants them equally long puts blanks into the shorter one, as Word's users do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.core.messages import _
from pipeline.rendering.fit_text import natural_width
from pipeline.rendering.job import UNENDING, Job, Place
from pipeline.rendering.lines import compose
from pipeline.rendering.markup import Element, attribute, child, is_on, kind, q
from pipeline.rendering.model import Frame, InlineBox, Item, Para, Shape, Text
from pipeline.rendering.properties import Properties, run_properties, text

_BRACKETS = {"round": "()", "square": "[]", "angle": "〈〉", "curly": "{}"}
"""What Word may draw round the two lines (w:combineBrackets)."""
_HALF = 0.5


def is_combined(settled: Properties) -> bool:
    """Whether a run of these properties stands in two lines."""
    return is_on(text(settled, "eastAsianLayout", "combine", default="0"))


def two_lines(job: Job, place: Place, run: Element, paragraph: Element, style: str) -> tuple[Item, ...] | None:
    """What a run in two lines leaves in its paragraph, which is of this ``style``: the box, with the first of the runs
    that stand in it together, nothing with the others. None when it is refused and set as any other run."""
    runs = _together(run, paragraph)
    if run not in runs:
        job.refuse(_("双行合一（文字之外还有别的内容）"), place, paragraph)
        return None
    if run is not runs[0]:
        return ()
    texts, brackets = [], ""
    for each in runs:
        resolved = job.resolved.run(style, run_properties(each), place.look)
        words = "".join(piece.text or "" for piece in each.findall(q("w:t")))
        texts.append(Text(words, resolved.style))
        brackets = brackets or _BRACKETS.get(text(resolved.settled, "eastAsianLayout", "combineBrackets"), "")
    box = _box([each for each in texts if each.text], job)
    if box is None:
        return ()
    if box.shape.width > place.width:
        job.refuse(_("比一行还长的双行合一"), place, paragraph)
    job.words += [each.text for each in texts]
    job.words.append(brackets)
    around = [Text(each, texts[0].style) for each in brackets]
    return (*around[:1], box, *around[1:])


def _together(own: Element, paragraph: Element) -> list[Element]:
    """The runs that follow one another in the two lines of ``own``, which Word numbers alike; none when others stand
    between them or when they hold anything but text."""
    name = attribute(child(own, "w:rPr", "w:eastAsianLayout"), "w:id")
    every = list(paragraph.iter(q("w:r")))
    among = [run for run in every if attribute(child(run, "w:rPr", "w:eastAsianLayout"), "w:id", "-") == name]
    begin = every.index(among[0]) if among else 0
    plain = all(kind(part) in ("w:rPr", "w:t") for run in among for part in run)
    return among if plain and every[begin : begin + len(among)] == among else []


def _box(texts: Sequence[Text], job: Job) -> InlineBox | None:
    """Texts as a box of two lines; None when there is nothing to print. Their own sizes are those of one line."""
    small = [replace(each, style=replace(each.style, size=each.style.size * _HALF, spacing=0.0)) for each in texts]
    letters = [replace(each, text=character) for each in small for character in each.text]
    if not letters:
        return None
    end = _middle([natural_width(letter, job.book) for letter in letters])
    halves = (_joined(letters[:end]), _joined(letters[end:]))
    lines = tuple(line for half in halves for line in compose(half, Frame(UNENDING), job.book, job.usage))
    height = sum(line.height for line in lines)
    foot = max(job.book.line_metrics(each.style).descent for each in texts)
    width = max(line.width for line in lines)
    return InlineBox(Shape("text-box", width, height, blocks=(Para(lines),)), -foot)


def _middle(widths: Sequence[float]) -> int:
    """Where the second line begins: both as equal as can be, the first rather the longer one."""
    so_far = list(accumulate(widths))
    return min(range(1, len(widths) + 1), key=lambda end: (max(so_far[end - 1], so_far[-1] - so_far[end - 1]), -end))


def _joined(letters: Sequence[Text]) -> list[Item]:
    """Letters of one look as one text."""
    texts: list[Text] = []
    for letter in letters:
        if texts and texts[-1].style == letter.style:
            texts[-1] = replace(texts[-1], text=texts[-1].text + letter.text)
        else:
            texts.append(letter)
    return list(texts)
