"""Entries of a table of contents (目录). Word writes them as links in the character style of links, blue and
underlined, and prints them in the style of the entry."""

from __future__ import annotations

from pipeline.rendering.fields import instruction
from pipeline.rendering.job import Job
from pipeline.rendering.markup import Element, child, value
from pipeline.rendering.properties import Properties, run_properties, text


def own_properties(job: Job, run: Element) -> Properties:
    """What a run says of itself; in a table of contents without the style of a link."""
    own = run_properties(run)
    if "rStyle" in own and job.open_fields and _is_link(job, text(own, "rStyle")) and _in_contents(job):
        return {name: attributes for name, attributes in own.items() if name != "rStyle"}
    return own


def _in_contents(job: Job) -> bool:
    return any(each.in_result and instruction(each.instruction).name == "TOC" for each in job.open_fields)


def _is_link(job: Job, style: str) -> bool:
    known = job.source.styles.by_id.get(style)
    return known is not None and value(child(known.element, "w:name")).lower() == "hyperlink"
