"""What papers come to after their deeds: the fold, what it refuses, and what it never does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.deeds import NEEDED, RETENTION, Action, Deed, DeedLine, Status
from pipeline.core.standing import AS_FILED, Standing, contradictions, objection, standing
from pipeline.core.values import FiledFile
from tests.filing.samples import FILED_AT
from tests.register.office import paper

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PAPERS = {one.paper: one for one in (paper(1), paper(2))}
DETAILS = {
    "from": "2020-05-01",
    RETENTION: "D30",
    "copies": "30",
    "receiver": "区档案馆",
    "reader": "纪委",
    "part": "draft",
    "archival_code": "D001-WS·2020-D30-ZZB-0009",
}


def deed(seq: int, action: Action, *papers: str, **details: str) -> Deed:
    told = {key: DETAILS[key] for key in NEEDED.get(action, ())} | details
    lines = tuple(DeedLine.of(PAPERS[one], action, told) for one in papers or (next(iter(PAPERS)),))
    return Deed(seq, action, lines, "王秘书", AT)


def of_first(*deeds: Deed) -> Standing:
    return standing(deeds).get(next(iter(PAPERS)), AS_FILED)


def test_repealed_is_void_from_a_day_and_counts_and_withdrawn_from_the_start_and_does_not() -> None:
    repealed = of_first(deed(1, Action.REPEAL))
    assert (repealed.status, repealed.since, repealed.counts) == (Status.REPEALED, date(2020, 5, 1), True)
    withdrawn = of_first(deed(1, Action.REPEAL), deed(2, Action.WITHDRAW))
    assert (withdrawn.status, withdrawn.since, withdrawn.counts) == (Status.WITHDRAWN, None, False)


def test_a_hold_keeps_a_paper_from_destruction_until_it_is_lifted() -> None:
    hold = deed(1, Action.HOLD)
    assert "冻结" in objection(Action.DESTROY, of_first(hold))
    lifted = of_first(hold, deed(2, Action.UNHOLD))
    assert (lifted.held, objection(Action.DESTROY, lifted)) == (None, "")


def test_the_last_appraisal_and_the_last_code_are_the_present_ones() -> None:
    stands = of_first(deed(1, Action.APPRAISE), deed(2, Action.APPRAISE, retention="Y"), deed(3, Action.ARRANGE))
    assert (stands.retention, stands.archival_code) == ("Y", DETAILS["archival_code"])


def test_a_newer_version_takes_the_place_of_the_old_one() -> None:
    old, new = PAPERS
    stand = standing([deed(1, Action.REPEAL)], {old: new})
    assert (stand[old].status, stand[old].replaced_by, stand[new].replaces) == (Status.REPLACED, new, old)
    assert "旧版本" in objection(Action.WITHDRAW, stand[old])


def test_contradictions_are_named_one_by_one() -> None:
    first, second = PAPERS
    deeds = [deed(1, Action.WITHDRAW), deed(2, Action.WITHDRAW), deed(3, Action.HOLD, second)]
    told = [(done.seq, why) for done, _line, why in contradictions(deeds, [first])]
    assert told == [(2, "这份文件已经撤销"), (3, "档案里没有这份文件")]


ACTIONS = st.lists(st.tuples(st.sampled_from(Action), st.sampled_from(sorted(PAPERS))), max_size=12)


@given(ACTIONS, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter_and_nothing_follows_a_destruction(actions, random) -> None:
    deeds = [deed(seq, action, one) for seq, (action, one) in enumerate(actions, start=1)]
    shuffled = random.sample(deeds, len(deeds))
    stand = standing(deeds)
    assert standing(shuffled) == stand
    for stands in stand.values():
        if stands.destroyed is not None:
            assert stands.deeds[-1] is stands.destroyed
            assert stands.held is None


@given(ACTIONS)
def test_what_contradicts_is_exactly_what_the_fold_passes_over(actions) -> None:
    deeds = [deed(seq, action, one) for seq, (action, one) in enumerate(actions, start=1)]
    refused = {done.seq for done, _line, _why in contradictions(deeds, PAPERS)}
    done = {one.seq for stands in standing(deeds).values() for one in stands.deeds}
    assert done | refused == {one.seq for one in deeds} and done.isdisjoint(refused)


def test_files_that_came_beside_a_paper_stay_known_by_their_deed() -> None:
    scan = FiledFile("2020/x（盖章件）.pdf", "0" * 64, 4)
    one = paper(1)
    sealed = Deed(
        1, Action.SEALED, (DeedLine(one.paper, one.number, one.title, "", {}, {"scan": scan}),), "王", FILED_AT
    )
    (copy,) = standing([sealed])[one.paper].copies
    assert (copy.deed, copy.role, copy.file) == (sealed, "scan", scan)


def test_a_hold_on_one_version_holds_all_and_its_end_frees_all() -> None:
    old, new = PAPERS
    newer = {old: new}
    stand = standing([deed(1, Action.HOLD, old)], newer)
    assert stand[old].held == stand[new].held is not None
    assert stand[new].deeds == (), "the deed is about the version that it names"
    assert list(contradictions([deed(1, Action.HOLD, old), deed(2, Action.DESTROY, new)], PAPERS)) == []
    (wrong,) = contradictions([deed(1, Action.HOLD, old), deed(2, Action.DESTROY, new)], PAPERS, newer)
    assert "冻结" in wrong[2]
    freed = standing([deed(1, Action.HOLD, old), deed(2, Action.UNHOLD, new)], newer)
    assert (freed[old].held, freed[new].held) == (None, None)
