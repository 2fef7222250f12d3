"""Templates are read as Jinja reads them: fields, detail tables, seals and signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.kinds.placeholders import disagreements
from pipeline.merge.placeholders import placeholders
from tests.merge.papers import KINDS
from tests.merge.samples import write_template


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_templates_and_fields_agree_in_both_directions(kind: str) -> None:
    found = placeholders(KINDS[kind].template)
    assert found.faults == ()
    assert disagreements(KINDS[kind], found) == ()


def test_fields_tables_and_marks_are_told_apart(tmp_path: Path) -> None:
    template = write_template(
        tmp_path,
        "{{ number }} {{ title|full_stop }}",
        "{%p for p in body.paragraphs %}",
        "{{ p.text }}{{ loop.index }}",
        "{%p endfor %}",
        '{%p for each in people|selectattr("attendance", "equalto", "出席") %}',
        "{{ each.name }}",
        "{%p for p in each.remarks.paragraphs %}",
        "{{ p.head }}",
        "{%p endfor %}",
        "{%p endfor %}",
        '{{ seal("issuer") }}{{ signature("负责人") }}',
    )
    found = placeholders(template)
    assert found.variables == {"title", "body"}
    assert found.tables == {"people": {"attendance", "name", "remarks"}}
    assert (found.seals, found.signatures) == ({"issuer"}, {"负责人"})


def test_a_seal_must_be_named(tmp_path: Path) -> None:
    assert "seal" in placeholders(write_template(tmp_path, "{{ seal(name) }}")).faults[0]


def test_a_template_that_is_no_word_file_is_a_configuration_error(tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    template.write_bytes(b"PK but not really")
    with pytest.raises(ConfigurationError, match="Word"):
        placeholders(template)


def test_what_is_only_asked_for_is_not_used(tmp_path: Path) -> None:
    template = write_template(
        tmp_path,
        "{%p if note and not cc %}",
        "（附注）{{ '密' if secrecy else '' }}",
        "{%p endif %}",
        "{%p if reason == '任期届满' %}",
        "{%p for each in people %}",
        "{% if each.post %}，{% endif %}{{ each.name }}",
        "{%p endfor %}",
        "{%p endif %}",
    )
    found = placeholders(template)
    assert found.asked == {"note", "cc", "secrecy", "people.post"}
    assert (found.variables, found.tables) == ({"reason"}, {"people": {"name"}})
