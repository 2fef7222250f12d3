"""What is printed is escaped and harmless; what a template may do is little."""

from __future__ import annotations

import jinja2
import pytest
from jinja2.sandbox import SecurityError
from markupsafe import Markup

from pipeline.merge.environment import full_stop, numeral, on_paper, sandbox


@pytest.mark.parametrize("nothing", [None, float("nan"), ""])
def test_nothing_prints_as_nothing(nothing: object) -> None:
    assert on_paper(nothing) == ""


def test_markup_characters_of_a_cell_are_text() -> None:
    assert on_paper("甲&乙<丙>丁") == "甲&amp;乙&lt;丙&gt;丁"


def test_characters_xml_forbids_are_dropped() -> None:
    assert on_paper("甲\x0b乙\ufffe丙\x00") == "甲乙丙"


def test_a_line_break_in_a_cell_is_a_line_break_in_word() -> None:
    assert on_paper("甲\r\n乙") == Markup('甲</w:t><w:br/><w:t xml:space="preserve">乙')


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__()|length }}",
        "{{ name.__init__.__globals__ }}",
        "{{ (1).__class__ }}",
        "{{ items.append(1) }}",
    ],
)
def test_templates_do_not_reach_python(escape: str) -> None:
    with pytest.raises((SecurityError, jinja2.UndefinedError)):
        sandbox().from_string(escape).render(name="甲", items=[1])


@pytest.mark.parametrize("filter_name", ["safe", "tojson", "urlize", "xmlattr"])
def test_no_filter_makes_markup_of_text(filter_name: str) -> None:
    with pytest.raises(jinja2.TemplateError):
        sandbox().from_string(f"{{{{ x|{filter_name} }}}}").render(x="<w:p/>")


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        sandbox().from_string("{{ titel }}").render(title="通知")


@pytest.mark.parametrize(("text", "printed"), [("各单位", "各单位。"), ("各单位。", "各单位。"), ("", "")])
def test_a_full_stop_is_there_exactly_once(text: str, printed: str) -> None:
    assert full_stop(text) == printed


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_numerals(number: int, words: str) -> None:
    assert numeral(number) == words
