"""Errors say what, where and the way out, keep their exit code, and survive the way back from a worker process."""

from __future__ import annotations

import pickle

import pytest

from pipeline.core.errors import (
    AnswerIsNo,
    ArchiveDamaged,
    CannotRender,
    ConfigurationError,
    GongwenError,
    OfficeBusy,
    OutOfReach,
)

PROMISED = {
    AnswerIsNo: 1,
    ArchiveDamaged: 4,
    CannotRender: 5,
    ConfigurationError: 6,
    OutOfReach: 6,
    OfficeBusy: 7,
    GongwenError: 70,
}


@pytest.mark.parametrize(("error", "code"), PROMISED.items(), ids=lambda value: getattr(value, "__name__", str(value)))
def test_exit_codes_are_a_promise(error: type[GongwenError], code: int) -> None:
    assert error("不行").exit_code == code


def test_an_error_reads_as_place_cause_and_remedy() -> None:
    error = ConfigurationError("印章直径太大", where="gongwen.toml office.seal_diameter_mm", remedy="请填 20 到 60")
    assert str(error) == "gongwen.toml office.seal_diameter_mm: 印章直径太大\n请填 20 到 60"
    assert str(AnswerIsNo("没有找到")) == "没有找到"


@pytest.mark.parametrize("kind", PROMISED)
def test_errors_come_back_whole_from_another_process(kind: type[GongwenError]) -> None:
    back = pickle.loads(pickle.dumps(kind("甲", where="乙", remedy="丙")))
    assert type(back) is kind
    assert (back.what, back.where, back.remedy) == ("甲", "乙", "丙")
