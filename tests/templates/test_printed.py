"""The shipped templates come out of our own renderer whole: no refusal, no objection of the gate, seals in place."""

from __future__ import annotations

import pytest

from pipeline.core.values import FieldBox
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.pdf import Metadata
from pipeline.rendering.render import Printed, render
from tests.merge.papers import FULL, merger


@pytest.fixture(scope="module")
def book() -> FontBook:
    """The machine's fonts."""
    return FontBook.open()


def printed(name: str, book: FontBook) -> Printed:
    """A full paper, printed as strictly as for filing."""
    return render(merger().merge(FULL[name]).docx, book=book, metadata=Metadata(title=FULL[name].title))


@pytest.mark.parametrize(
    ("name", "pages"),
    [("notice", 9), ("notice-marks", 10), ("member-form", 2), ("agreement", 3), ("minutes", 2), ("publication", 1)],
)
def test_a_full_paper_prints_without_refusal_on_the_pages_it_should_take(name: str, pages: int, book: FontBook) -> None:
    assert printed(name, book).report.pages == pages


def test_the_notices_seal_is_centred_on_its_date_with_name_and_date_a_little_below_its_centre(book: FontBook) -> None:
    (seal,) = printed("notice", book).report.boxes
    assert isinstance(seal, FieldBox)
    assert (seal.name, seal.page) == ("seal:issuer", 1)
    assert (seal.width, seal.height) == pytest.approx((42, 42), abs=0.4)
    date_centre = 210 - 26 - (4 * 15.75 + (6.5 * 16 - 10 * 0.25) / 2) * 25.4 / 72
    assert seal.left + seal.width / 2 == pytest.approx(date_centre, abs=0.5)
