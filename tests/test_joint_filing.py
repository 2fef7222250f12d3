"""联合行文: one paper in the archive of the organ that leads (条例 27), found by the name of every organ in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
from lxml import etree

from pipeline.core.errors import GongwenError
from pipeline.core.filed import responsible
from pipeline.core.values import IndexQuery, NumberedRecord, RenderedDocument, RenderReport
from pipeline.rounds import run_once
from tests.merge.papers import merger, text_of
from tests.offices import NOTICE, CalmWorkers, drop, make_office, verified

BUREAU = "铜川市王益区民政局"


class Merging(CalmWorkers):
    """Prints by writing down what stands in the Word file."""

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        for paper in papers:
            if paper.is_printout:
                yield from super().print_papers([paper])
                continue
            merged = merger().merge(paper)
            words = "\n".join(text_of(merged.docx))
            yield RenderedDocument(merged, b"%PDF " + words.encode(), RenderReport(pages=1, text=words))


def test_a_joint_paper_is_filed_once_under_the_lead_and_found_by_the_others(tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        vars(office)["workers"] = Merging()
        path = drop(office, NOTICE)
        workbook = openpyxl.load_workbook(path)
        sheet = workbook.worksheets[0]
        for column, (heading, value) in enumerate(
            (("联合发文机关", BUREAU), ("联合署名", BUREAU)), start=sheet.max_column + 1
        ):
            sheet.cell(2, column, heading)
            sheet.cell(3, column, value)
        workbook.save(path)
        list(run_once(office, lambda *_told: None))
        (paper,) = office.register.papers()
        assert paper.organisation == "中共铜川市王益区委组织部"
        assert Path(paper.files["pdf"].path).parts[1] == paper.organisation
        assert responsible(paper) == (paper.organisation, BUREAU)
        folder = office.archive.root / Path(paper.files["pdf"].path).parent
        assert f"{paper.organisation}；{BUREAU}</td>" in (folder / "index.html").read_text(encoding="utf-8")
        described = etree.parse(office.archive.root / paper.files["metadata"].path)
        organs = [one.text for one in described.iterfind("{*}文件实体/{*}内容描述/{*}责任者")]
        assert organs == [paper.organisation, BUREAU]
        agents = [one.findtext("{*}机构人员名称") for one in described.iterfind("{*}机构人员实体")]
        assert agents.count(BUREAU) == 1
        for organ in (BUREAU, "组织部"):
            assert [hit.paper.paper for hit in office.register.search(IndexQuery(unit=organ))] == [paper.paper]
        assert list(office.register.search(IndexQuery(unit="铜川市王益区财政局"))) == []
        assert verified(office).is_sound
