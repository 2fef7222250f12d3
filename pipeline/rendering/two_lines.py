"""Two lines in one (w:eastAsianLayout combine, 双行合一): the organs of a joint paper beside one 文件 (17.3.2.10).

The words stand in two lines of half their size, one above the other, in the height of the line they are in. Both begin
at the left; who wants them equally long puts blanks into the shorter one, as Word's users do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.core.messages import _
from pipeline.rendering.fit_text import natural_width
from pipeline.rendering.job import UNENDING, Job, Place
from pipeline.rendering.lines import compose
from pipeline.rendering.markup import Element, is_on, kind
from pipeline.rendering.model import Frame, InlineBox, Item, Mark, Para, Shape, Text
from pipeline.rendering.properties import Properties, text

_BRACKETS = {"round": "()", "square": "[]", "angle": "〈〉", "curly": "{}"}
"""What Word may draw round the two lines (w:combineBrackets)."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class CombinedRun:
    """Items of a paragraph, from the first to the one behind the last, that stand in two lines. Word gives runs that
    stand there together one ``name``; ``brackets`` are drawn round them. ``plain``: the run holds text and nothing
    else."""

    begin: int
    end: int
    name: str
    brackets: str
    plain: bool


def combined_run(run: Element, own: Properties, settled: Properties, begin: int, end: int) -> CombinedRun | None:
    """A run whose items these are; None when it prints nothing or is no run in two lines. Its name is its ``own``."""
    if begin == end or not is_on(text(settled, "eastAsianLayout", "combine", default="0")):
        return None
    name = text(own, "eastAsianLayout", "id")
    brackets = _BRACKETS.get(text(settled, "eastAsianLayout", "combineBrackets"), "")
    return CombinedRun(begin, end, name, brackets, all(kind(part) in ("w:rPr", "w:t") for part in run))


def in_two_lines(
    job: Job, place: Place, paragraph: Element, items: Sequence[Item], runs: Sequence[CombinedRun]
) -> list[Item]:
    """The items of a paragraph, those of such runs in their boxes; what is refused is set as any other run."""
    groups = list(_together(items, runs))
    names = Counter(group.name for group in groups)
    made: list[Item] = []
    done = 0
    for group in groups:
        inside = items[group.begin : group.end]
        texts = [item for item in inside if isinstance(item, Text)]
        marks = [item for item in inside if isinstance(item, Mark)]
        made += items[done : group.begin]
        done = group.end
        if not group.plain or not group.name or names[group.name] > 1 or len(texts) + len(marks) < len(inside):
            job.refuse(_("双行合一（文字之外还有别的内容）"), place, paragraph)
            made += inside
            continue
        box = _box(texts, job)
        if box.shape.width > place.width:
            job.refuse(_("比一行还长的双行合一"), place, paragraph)
        job.words.append(group.brackets)
        around = [Text(each, texts[0].style) for each in group.brackets]
        made += [*marks, *around[:1], box, *around[1:]]
    return [*made, *items[done:]]


def _together(items: Sequence[Item], runs: Sequence[CombinedRun]) -> Iterator[CombinedRun]:
    """The runs, those as one that follow one another and have one name."""
    last: CombinedRun | None = None
    for run in runs:
        if last and last.name == run.name and all(isinstance(item, Mark) for item in items[last.end : run.begin]):
            brackets, plain = last.brackets or run.brackets, last.plain and run.plain
            last = CombinedRun(last.begin, run.end, run.name, brackets, plain)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _box(texts: Sequence[Text], job: Job) -> InlineBox:
    """Texts as a box of two lines. Their own sizes are those of one line."""
    small = [replace(each, style=replace(each.style, size=each.style.size * _HALF, spacing=0.0)) for each in texts]
    letters = [replace(each, text=character) for each in small for character in each.text]
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
