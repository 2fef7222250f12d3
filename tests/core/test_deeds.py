"""A deed says what its action needs, and of each paper once; otherwise there is none."""

from __future__ import annotations

import pytest

from pipeline.core.deeds import NEEDED, STATUS_WORDS, WORDS, Action, Deed, DeedLine, Status
from tests.core.test_standing import AT, deed
from tests.register.office import paper


def test_every_action_and_status_has_its_word() -> None:
    assert (set(WORDS), set(STATUS_WORDS)) == (set(Action), set(Status))


@pytest.mark.parametrize("action", NEEDED)
def test_a_deed_that_does_not_say_what_it_must_does_not_exist(action: Action) -> None:
    line = DeedLine.of(paper(1), action)
    with pytest.raises(ValueError, match="does not say"):
        Deed(1, action, (line,), "王秘书", AT)


@pytest.mark.parametrize(
    ("action", "details"),
    [(Action.REPEAL, {"from": "1.5.2020"}), (Action.APPRAISE, {"retention": "D20"}), (Action.ATTACH, {"part": "D20"})],
)
def test_a_deed_that_says_it_wrong_does_not_exist_either(action: Action, details: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="2020" if action is Action.REPEAL else "D20"):
        deed(1, action, **details)


def test_a_paper_stands_in_a_deed_once() -> None:
    line = DeedLine.of(paper(1), Action.HOLD)
    with pytest.raises(ValueError, match="each once"):
        Deed(1, Action.HOLD, (line, line), "王秘书", AT)
