"""The book of deeds of an office: what is done to papers after filing; it outlives kills and a lost register."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import bindery, deedbook
from pipeline.cataloguing import shelf
from pipeline.core.deeds import Action, Status
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged, ConfigurationError
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper
from pipeline.deedbook import NewFile, On, Why
from pipeline.filing import Archive
from pipeline.filing.layout import Wish, assign_places
from pipeline.filing.manifest import NAME
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.restoring import rebuild_register
from pipeline.retrieval import Damage
from tests.filed import FIFTY, filled, forms, healed, notice, opened
from tests.offices import tree, verified
from tests.test_numberbook import lose_register

WHY = Why("发文单位要求", "王秘书")
SCAN = NewFile("盖章件", ".pdf", b"%PDF with a seal")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Iterator[Office]:
    with opened(shutil.copytree(kept, tmp_path / "office")) as made:
        yield made


def withdraw(office: Office) -> deedbook.Done[object]:
    return deedbook.do(office, Action.WITHDRAW, [On(notice(office))], WHY)  # type: ignore[return-value]


def seal(office: Office) -> object:
    return deedbook.do(office, Action.SEALED, [On(notice(office), {"seal": "党委印章"}, {"scan": SCAN})], WHY)


def destroy(office: Office) -> object:
    listed = NewFile("销毁清册", ".xlsx", b"a list")
    why = Why("保管期满", "王秘书", ("李档案员",))
    return deedbook.do(office, Action.DESTROY, [On(paper) for paper in forms(office)[:2]], why, files={"list": listed})


DEEDS: dict[str, Callable[[Office], object]] = {"withdraw": withdraw, "seal": seal, "destroy": destroy}


# --------------------------------------------------------------------------- what is done


def test_a_withdrawn_paper_stays_and_says_so_everywhere(office: Office) -> None:
    before = tree(office.settings.archive)
    done = withdraw(office)
    assert not done.trouble
    paper = notice(office)
    assert paper.status == Status.WITHDRAWN
    assert deedbook.standing_of(office, paper).status is Status.WITHDRAWN
    after = tree(office.settings.archive)
    assert before.keys() < after.keys(), "nothing is taken away"
    record = json.loads(after[f"办理簿/{office.now().year}/00001 撤销 {FIFTY}.json"])
    assert (record["action"], record["by"], record["reason"]) == ("withdraw", "王秘书", "发文单位要求")
    page = after[f"2020/{paper.organisation}/index.html"].decode()
    assert "已撤销" in page
    assert [event.action for event in office.register.events(paper.paper)] == ["entered", "filed", "withdraw"]
    assert verified(office).is_sound


def test_a_scan_comes_beside_its_paper_and_into_the_manifest_and_a_second_one_beside_it(office: Office) -> None:
    seal(office)
    seal(office)
    paper = notice(office)
    names = [Path(copy.file.path).name for copy in _copies(office, paper)]
    stem = Path(paper.files["pdf"].path).stem
    assert names == [f"{stem}（盖章件）.pdf", f"{stem}（盖章件2）.pdf"]
    folder = office.settings.archive / Path(paper.files["pdf"].path).parent
    assert (folder / names[0]).read_bytes() == SCAN.content
    check = ["sha256sum", "--check", "--strict", NAME]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    assert verified(office).is_sound


def _copies(office: Office, paper: FiledPaper) -> tuple[object, ...]:
    return deedbook.standing_of(office, paper).copies


def test_a_destroyed_paper_leaves_number_and_history_and_nothing_of_its_contents(office: Office) -> None:
    deedbook.do(office, Action.SEALED, [On(forms(office)[0], files={"scan": SCAN})], WHY)
    first, second, third, *_others = forms(office)
    paths = {file.path for paper in (first, second) for role, file in paper.files.items() if role != "source"}
    paths |= {copy.file.path for copy in _copies(office, first)}  # type: ignore[attr-defined]
    name = first.people[0]
    destroy(office)
    left = tree(office.settings.archive)
    assert len(paths) == 2 * 4 + 1 and paths.isdisjoint(left)
    assert third.files["source"].path in left, "four others came from the same workbook"
    again = office.register.paper(first.paper)
    assert again is not None
    assert (again.title, again.archival_code, again.text, again.data, again.people) == (
        first.title,
        first.archival_code,
        "",
        "",
        (),
    )
    assert name not in {person for paper in office.register.papers() for person in paper.people}
    assert "destroy" in [event.action for event in office.register.events(first.paper)]
    assert verified(office).is_sound
    destroyed = deedbook.standing_of(office, again).destroyed
    assert destroyed is not None and destroyed.also == ("李档案员",)
    with pytest.raises(AnswerIsNo, match="不能办理"):
        deedbook.do(office, Action.HOLD, [On(again)], WHY)


def test_the_last_paper_of_a_workbook_takes_the_workbook_with_it(office: Office) -> None:
    deedbook.do(office, Action.DESTROY, [On(paper) for paper in forms(office)], WHY)
    assert not any("兼职委员登记表（六人）" in path for path in tree(office.settings.archive))
    assert verified(office).is_sound


def test_what_cannot_be_done_is_refused_with_every_reason(office: Office) -> None:
    withdraw(office)
    with pytest.raises(AnswerIsNo) as refusal:
        deedbook.do(office, Action.REPEAL, [On(notice(office), {"from": "2020-05-01"})], WHY)
    assert "已经撤销" in refusal.value.remedy and FIFTY in refusal.value.remedy
    deedbook.do(office, Action.HOLD, [On(paper) for paper in forms(office)], WHY)
    with pytest.raises(AnswerIsNo) as refusal:
        destroy(office)
    assert refusal.value.remedy.count("已冻结") == 2
    with pytest.raises(ValueError, match="does not say from"):
        deedbook.do(office, Action.REPEAL, [On(forms(office)[0])], WHY)
    assert len(office.register.deeds()) == 2


# --------------------------------------------------------------------------- what it outlives


def everything(office: Office) -> tuple[object, ...]:
    papers = sorted(office.register.papers(), key=lambda paper: paper.paper)
    return papers, office.register.deeds(), office.register.ledger()


def deeds_told(office: Office) -> set[tuple[object, ...]]:
    """What the history of papers says was done to them."""
    events = (event for paper in office.register.papers() for event in office.register.events(paper.paper))
    return {(one.at, one.paper, one.action, one.actor, one.details) for one in events if one.action in set(Action)}


def test_the_book_of_deeds_comes_back_from_the_archive_alone(office: Office) -> None:
    seal(office)
    deedbook.do(office, Action.REPEAL, [On(notice(office), {"from": "2020-05-01"})], WHY)
    destroy(office)
    before = everything(office)
    told = deeds_told(office)
    lose_register(office)
    restored = rebuild_register(office)
    assert (restored.papers, restored.deeds, restored.problems) == (7, 3, ())
    assert everything(office) == before
    assert notice(office).status == Status.REPEALED
    assert len(told) >= 3 and deeds_told(office) == told, "who did it, when and why"
    assert verified(office).is_sound
    assert withdraw(office).entry.seq == 4  # type: ignore[attr-defined]


def test_a_rebuild_beside_an_old_register_keeps_the_deeds_too(office: Office) -> None:
    withdraw(office)
    destroy(office)
    before, told = everything(office), deeds_told(office)
    rebuild_register(office)
    assert everything(office) == before
    assert deeds_told(office) == told
    events = office.register.events(notice(office).paper)
    assert [one.action for one in events].count("withdraw") == 1, "told once"


def test_a_register_that_is_lost_or_old_is_not_written_on(office: Office) -> None:
    old = office.register_path.with_name("backup.db")
    office.register.close()
    del vars(office)["register"]
    old.write_bytes(office.register_path.read_bytes())
    withdraw(office)
    lose_register(office)
    office.register_path.write_bytes(old.read_bytes())
    with pytest.raises(ArchiveDamaged, match="办理簿记到第 1 条"):
        withdraw(office)
    with pytest.raises(ConfigurationError, match="登记簿不知道的文件"):
        recover(office)


def test_verify_names_a_deed_that_was_changed_removed_or_slipped_in(office: Office) -> None:
    withdraw(office)
    seal(office)
    path = office.settings.archive / office.register.deeds()[0].files["deed"].path
    content = path.read_bytes()
    path.write_bytes(content.replace("王秘书".encode(), "李秘书".encode()))
    assert {remark.what for remark in verified(office).damages} == {Damage.CHANGED, Damage.DISAGREES}
    path.unlink()
    assert [remark.what for remark in verified(office).damages] == [Damage.MISSING]
    path.write_bytes(content)
    strange = path.with_name("00003 撤销 别的.json")
    told = json.loads(content)
    told.update(seq=3, path=strange.relative_to(office.settings.archive).as_posix())
    strange.write_text(json.dumps(told), encoding="utf-8")
    assert Damage.UNINDEXED in {remark.what for remark in verified(office).damages}


def test_verify_names_a_hole_and_a_deed_that_contradicts(office: Office) -> None:
    withdraw(office)
    seal(office)
    deeds = office.register.deeds()
    (office.settings.archive / deeds[0].files["deed"].path).unlink()
    second = office.settings.archive / deeds[1].files["deed"].path
    told = json.loads(second.read_bytes())
    told["papers"][0]["paper"] = "f" * 16
    second.write_text(json.dumps(told), encoding="utf-8")
    lose_register(office)
    (problem,) = rebuild_register(office).problems
    assert "办理簿缺第 1 条" in problem.sentence
    sentences = " ".join(remark.sentence for remark in verified(office).damages)
    assert "缺第 1 条" in sentences and "档案里没有这份文件" in sentences


def test_a_destroyed_file_that_comes_back_is_told(office: Office) -> None:
    path = forms(office)[0].files["pdf"].path
    content = (office.settings.archive / path).read_bytes()
    destroy(office)
    (office.settings.archive / path).write_bytes(content)
    (damage,) = verified(office).damages
    assert (damage.what, damage.path) == (Damage.UNKNOWN, path)
    assert "已经销毁" in damage.sentence


def test_done_is_done_even_when_the_archive_fails_in_the_middle(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Archive, "place_files", full)
    assert "No space" in withdraw(office).trouble
    assert notice(office).status == Status.WITHDRAWN
    monkeypatch.undo()
    recover(office)
    assert office.register.unfinished_deeds() == ()
    assert verified(office).is_sound


# --------------------------------------------------------------------------- kills


@pytest.mark.parametrize("name", DEEDS)
def test_cut_off_before_any_step_a_deed_is_done_wholly_or_not_at_all(name: str, kept: Path, tmp_path: Path) -> None:
    """After the kill the next writer heals it; then the deed can be done, or was; archive and register agree."""
    outcomes = []
    for steps in range(200):
        with healed(shutil.copytree(kept, tmp_path / str(steps)), steps, DEEDS[name]) as (office, was_cut_off):
            done = bool(office.register.deeds())
            if not done:
                DEEDS[name](office)
                assert verified(office).is_sound
            assert len(office.register.deeds()) == 1
        outcomes.append(done)
        if not was_cut_off:
            break
    assert outcomes == sorted(outcomes), "what was committed was lost again"
    assert outcomes.count(False) > 5 and outcomes.count(True) > 5


def test_what_would_lie_where_a_destroyed_paper_lay_gets_another_name(office: Office) -> None:
    seal(office)
    paper = notice(office)
    why = Why("保管期满", "王秘书", ("李档案员",))
    deedbook.do(office, Action.DESTROY, [On(paper)], why)
    occupied = office.occupied()
    assert {path: occupied.digest(path) for path in office.register.gone()} == dict(office.register.gone())
    lain = {file.path for role, file in paper.files.items() if role != "source"}
    assert len(office.register.gone()) == len(lain) + 1, "what was sealed lay beside it"
    wish = Wish(
        "another", 2020, paper.organisation, paper.organisation_code, on_one_line(paper.title), paper.number, piece=9
    )
    (place,) = assign_places([wish], "x.xlsx", "0" * 64, occupied)
    assert place.path("pdf") not in lain and place.path("pdf").endswith(" 0009.pdf")
    lose_register(office)
    rebuild_register(office)
    assert lain < office.register.gone().keys()


def test_the_printed_list_of_a_folder_leads_to_no_destroyed_paper(office: Office) -> None:
    gone = notice(office)
    deedbook.do(office, Action.DESTROY, [On(gone)], Why("保管期满", "王秘书", ("李档案员",)))
    found = shelf(str(Path(gone.files["pdf"].path).parent), [gone], office.register.standing([gone.paper]))
    assert bindery._targets(found, office.settings.archive, office.settings.archive) == {}
