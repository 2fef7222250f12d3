"""The code that our own press prints on a paper finds its way home from a phone's photograph."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.core.papercode import paper_code
from pipeline.scanning import CodeSeen, ScanLimits
from pipeline.scanning.reading import read_scan
from tests.merge.papers import notice
from tests.scanning.distorting import PHONE, rendered, scan_pdf, scanned
from tests.scanning.papers import write
from tests.test_press import printed


def test_a_printed_paper_photographed_askew_and_badly_lit_tells_which_it_is(tmp_path: Path) -> None:
    paper = printed()
    jpegs = [scanned(page, PHONE, seed) for seed, page in enumerate(rendered(paper.pdf))]
    first, *others = read_scan(write(tmp_path, "scan.pdf", scan_pdf(jpegs)), ScanLimits())
    digest = hashlib.sha256(paper.merged.docx).hexdigest()
    assert first.codes == (CodeSeen(paper_code(notice().paper, digest, len(jpegs))),)
    assert not any(page.codes for page in others)
