"""Signature fields are found again where they were put, in millimetres from the top left."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from pipeline.sealing.fields import signature_fields


def pdf_with(*fields: SigFieldSpec, pages: int = 2) -> bytes:
    """A PDF of A4 pages with these empty signature fields."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595.276, 841.89))
        pdf.save(stream)
    writer = IncrementalPdfFileWriter(stream)
    for field in fields:
        append_signature_field(writer, field)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def test_a_field_is_told_with_its_page_and_its_box_in_millimetres() -> None:
    # 42 mm square, 100 mm from the left, 200 mm from the top of page 2
    left, upper, side = 283.465, 841.89 - 566.929, 119.055
    box = (round(left), round(upper - side), round(left + side), round(upper))
    pdf = pdf_with(SigFieldSpec("seal:issuer", on_page=1, box=box, empty_field_appearance=True))
    (found,) = signature_fields(pdf)
    assert (found.box.name, found.box.page, found.signed) == ("seal:issuer", 2, False)
    assert (found.box.left, found.box.top) == pytest.approx((100, 200), abs=0.4)
    assert (found.box.width, found.box.height) == pytest.approx((42, 42), abs=0.4)


def test_a_pdf_without_fields_has_none() -> None:
    assert signature_fields(pdf_with()) == ()


def test_all_fields_are_found() -> None:
    pdf = pdf_with(
        SigFieldSpec("signature:甲方负责人", on_page=0, box=(0, 0, 50, 20)),
        SigFieldSpec("signature:乙方负责人", on_page=0, box=(60, 0, 110, 20)),
    )
    assert {field.box.name for field in signature_fields(pdf)} == {"signature:甲方负责人", "signature:乙方负责人"}
