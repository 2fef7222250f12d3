"""The lines of a catalogue: grouped, ordered and written as DA/T 22-2015 asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.cataloguing import COLUMNS, folder_page, root_page, shelf, volumes
from tests.register.office import paper

FOLDER = "2020/中共铜川市王益区委组织部"


def test_a_line_says_what_the_standard_asks() -> None:
    (volume,) = volumes([replace(paper(7), pages=9)])
    assert dict(zip(COLUMNS, volume.entries[0].texts(), strict=True)) == {
        "序号": "1",
        "档号": "D001-WS·2020-D10-ZZB-0007",
        "文号": "铜王组发〔2020〕7号",
        "责任者": "中共铜川市王益区委组织部",
        "题名": "关于推荐社区兼职委员的通知",
        "日期": "20200416",
        "密级": "",
        "页数": "9",
        "备注": "",
    }


def test_papers_stand_in_the_order_of_their_piece_within_their_retention() -> None:
    late = replace(paper(2), date=date(2020, 1, 2))
    permanent = replace(paper(9), retention="Y", lowest_class="D001-WS·2020-Y-ZZB", piece=1)
    short, forever = sorted(volumes([paper(3), late, paper(1), permanent]), key=lambda volume: volume.retention)
    assert [entry.archival_code[-4:] for entry in short.entries] == ["0001", "0002", "0003"]
    assert [volume.retention for volume in volumes([paper(3), permanent])] == ["Y", "D10"]
    assert len(forever.entries) == 1


def test_a_paper_no_longer_in_force_is_listed_and_says_so() -> None:
    (volume,) = volumes([replace(paper(1), status="withdrawn")])
    assert volume.entries[0].remark == "已撤销"


def test_a_page_links_each_title_to_its_file_and_lets_no_title_break_it() -> None:
    nasty = replace(paper(1, title='关于"<b>"&的通知'), pages=3)
    page = folder_page(shelf(FOLDER, [nasty, paper(2, organisation=("XYZ", "别的单位"))])).decode()
    assert "关于&quot;&lt;b&gt;&quot;&amp;的通知" in page
    assert f'href="{nasty.paper}.pdf"' in page
    assert "别的单位" not in page
    assert "共 1 件" in page and "（1 件，3 页）" in page
    assert 'href="../../index.html"' in page
    assert "<script" not in page and "http" not in page


def test_the_first_page_leads_to_every_folder_newest_first() -> None:
    page = root_page(["2019/甲", "2020/乙 #1"]).decode()
    assert page.index("乙 #1") < page.index("甲")
    assert 'href="2020/%E4%B9%99%20%231/index.html"' in page
