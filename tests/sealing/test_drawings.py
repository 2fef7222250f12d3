"""The drawings are true to size, carry their names, and can be read by any XML parser."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.sealing import drawings

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.mark.parametrize(("diameter", "emu"), [(42.0, 1_512_000), (38.0, 1_368_000), (45.0, 1_620_000)])
def test_a_seal_has_its_true_diameter(diameter: float, emu: int) -> None:
    shape = etree.fromstring(drawings.seal("issuer", diameter))
    extent = next(shape.iter(f"{WP}extent"))
    assert (extent.get("cx"), extent.get("cy")) == (str(emu), str(emu))


def test_a_seal_place_is_a_dashed_circle_behind_the_text_and_cannot_pass_for_a_seal() -> None:
    shape = etree.fromstring(drawings.seal("issuer", 42.0))
    assert next(shape.iter(f"{WP}anchor")).get("behindDoc") == "1"
    assert next(shape.iter(f"{A}prstGeom")).get("prst") == "ellipse"
    assert next(shape.iter(f"{A}prstDash")).get("val") == "dash"
    assert next(shape.iter(f"{A}srgbClr")).get("val") == "808080"


@pytest.mark.parametrize("name", ["issuer", "甲方", 'a"b', "甲&乙<丙>"])
def test_names_survive_as_they_are(name: str) -> None:
    for drawing, prefix in ((drawings.seal(name, 42.0), "seal:"), (drawings.signature(name), "signature:")):
        properties = next(etree.fromstring(drawing).iter(f"{WP}docPr"))
        assert properties.get("name") == prefix + name


def test_a_line_without_a_name_asks_for_no_field() -> None:
    properties = next(etree.fromstring(drawings.signature("")).iter(f"{WP}docPr"))
    assert not properties.get("name").startswith("signature:")
