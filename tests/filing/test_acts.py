"""Acts on numbers in the archive: written so that a person can read them, read back strictly, covered by a manifest."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.acts import WORDS, Action, ActLine, NumberAct
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.text import NAME_BYTES
from pipeline.core.values import Number
from pipeline.filing import NUMBER_BOOK, Archive, Staging, Trouble, acts, census, last_entry, records, stage_act
from pipeline.filing.act_record import read, write
from pipeline.filing.manifest import NAME
from tests.filing.samples import FILED_AT, filed_archive, new_archive

FIFTY = Number("铜王组发", 2020, 50, "铜王组发〔2020〕50号")
ISSUE = Number("红旗社区联席会议纪要", 2020, 3, "〔2020〕第3期")
VOID = NumberAct(17, Action.VOID, (ActLine(FIFTY),), "王秘书", FILED_AT, "打印错误")
IMPORT = NumberAct(
    18,
    Action.IMPORT,
    (ActLine(replace(FIFTY, n=1), "关于甲的通知", date(2020, 3, 2), "机密"), ActLine(ISSUE, note="缺")),
    "王秘书",
    FILED_AT,
    "手工登记簿.xlsx",
)


def filed(folder: Path, archive: Archive, act: NumberAct, **source: Any) -> NumberAct:
    staging = Staging(folder / "staging" / act.id)
    staged = stage_act(act, staging, archive.occupied(), **source)
    archive.place_files(staging, staged.files.values())
    return staged


def test_an_act_is_one_readable_file_of_the_year_in_which_it_was_done(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    act = filed(tmp_path, archive, VOID)
    path = archive.root / "号簿" / "2020" / "00017 作废 铜王组发〔2020〕50号.json"
    assert act.files["act"].path == path.relative_to(archive.root).as_posix()
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["action"], told["by"], told["reason"]) == ("void", "王秘书", "打印错误")
    assert told["numbers"][0]["text"] == "铜王组发〔2020〕50号"
    assert "铜王组发" in path.read_text(encoding="utf-8"), "Chinese is written as Chinese"


def test_a_paper_register_is_kept_beside_what_was_read_from_it(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    act = filed(tmp_path, archive, IMPORT, source_name="手工登记簿.xlsx", source=b"a sheet")
    assert act.files["act"].path == "号簿/2020/00018 补登 2个号.json"
    assert act.files["source"].path.startswith("号簿/2020/来稿/")
    assert (archive.root / act.files["source"].path).read_bytes() == b"a sheet"
    check = ["sha256sum", "--check", "--strict", NAME]
    done = subprocess.run(check, cwd=archive.root / "号簿" / "2020", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_issue_number_has_its_series_in_the_name(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    act = filed(tmp_path, archive, replace(VOID, lines=(ActLine(ISSUE),)))
    assert act.files["act"].path == "号簿/2020/00017 作废 红旗社区联席会议纪要〔2020〕第3期.json"


def test_every_act_comes_back_whole_from_the_archive_alone(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    first = filed(tmp_path, archive, VOID)
    second = filed(tmp_path, archive, IMPORT, source_name="手工登记簿.xlsx", source=b"a sheet")
    assert [found.entry for found in acts(archive.root)] == [first, second]
    assert last_entry(archive.root, NUMBER_BOOK) == 18
    seen = census(archive.root)
    assert seen.acts == {first.files["act"].path: first, second.files["act"].path: second}
    assert seen.problems == ()
    assert len(seen.papers) == len(list(records(archive.root))) == len(papers), "acts are no papers"


def test_an_archive_without_a_number_book_has_no_acts(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    assert (list(acts(archive.root)), last_entry(archive.root, NUMBER_BOOK)) == ([], 0)


def test_placing_an_act_again_changes_nothing_and_another_is_never_put_over_it(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    act = filed(tmp_path, archive, VOID)
    staging = Staging(tmp_path / "staging" / act.id)
    assert archive.place_files(staging, act.files.values()) == ()
    other = stage_act(replace(VOID, reason="另一个原因"), staging, archive.occupied())
    with pytest.raises(ArchiveDamaged, match="已有另一个文件"):
        archive.place_files(staging, other.files.values())
    assert [found.entry for found in acts(archive.root)] == [act]


def test_a_lost_manifest_of_the_number_book_is_made_again_from_its_acts(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    filed(tmp_path, archive, IMPORT, source_name="手工登记簿.xlsx", source=b"a sheet")
    manifest = archive.root / "号簿" / "2020" / NAME
    before = manifest.read_text(encoding="utf-8")
    manifest.unlink()
    filed(tmp_path, archive, VOID)
    assert set(before.splitlines()) < set(manifest.read_text(encoding="utf-8").splitlines())


Mangle = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "mangle",
    [
        lambda act: act.update(format="gongwen-number-act/2"),
        lambda act: act.update(action="free"),
        lambda act: act.update(seq="17"),
        lambda act: act.update(at="gestern"),
        lambda act: act.update(until="31.12.2020"),
        lambda act: act.pop("reason"),
        lambda act: act.update(more=1),
        lambda act: act["numbers"][0].update(n=-1),
        lambda act: act["numbers"][0].pop("series"),
        lambda act: act.update(path="../out.json"),
    ],
)
def test_an_act_that_is_not_exactly_right_is_named_and_not_guessed(tmp_path: Path, mangle: Mangle) -> None:
    archive = new_archive(tmp_path)
    path = filed(tmp_path, archive, VOID).files["act"].path
    told = json.loads((archive.root / path).read_bytes())
    mangle(told)
    (archive.root / path).write_text(json.dumps(told), encoding="utf-8")
    (found,) = acts(archive.root)
    assert found.problem is not None
    assert (found.problem.trouble, found.problem.path) == (Trouble.RECORD, path)
    assert census(archive.root).problems == (found.problem,)


def test_a_copied_act_is_not_a_second_one(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    path = archive.root / filed(tmp_path, archive, VOID).files["act"].path
    path.with_name("00019 作废.json").write_bytes(path.read_bytes())
    assert [found.problem is None for found in acts(archive.root)] == [True, False]


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
LINES = st.builds(
    ActLine,
    st.builds(Number, TEXT, st.integers(1949, 2199), st.integers(1, 999_999), TEXT),
    TEXT,
    st.none() | st.dates(),
    TEXT,
)
ACTS = st.builds(
    NumberAct,
    st.integers(1, 99_999),
    st.sampled_from(Action),
    st.lists(LINES, min_size=1, max_size=4).map(tuple),
    TEXT,
    st.just(FILED_AT),
    TEXT,
    st.none() | st.dates(),
)


@given(ACTS)
def test_whatever_is_written_is_read_back(act: NumberAct) -> None:
    back = read(write(act, "号簿/2020/x.json"))
    assert replace(back, files={}) == act


@given(ACTS)
def test_every_act_has_a_name_that_fits(act: NumberAct) -> None:
    class Nothing:
        def digest(self, path: str) -> None:
            assert not path.endswith(".json")

    class Nowhere(Staging):
        def put(self, content: bytes) -> str:
            return "0" * 64

        def complete(self) -> None:
            pass

    path = Path(stage_act(act, Nowhere(Path()), Nothing()).files["act"].path)
    assert len(path.name.encode()) <= NAME_BYTES
    assert path.name.startswith(f"{act.seq:05} {WORDS[act.action]}")
