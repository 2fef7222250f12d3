"""Findings: every code has its words, and a finding reads as one Chinese sentence."""

from __future__ import annotations

from pipeline.core.findings import TITLES, Code, Finding, Severity, errors


def test_every_code_has_a_title_and_no_two_the_same() -> None:
    assert set(TITLES) == set(Code)
    assert len(set(TITLES.values())) == len(Code)


def test_titles_hold_no_code_words() -> None:
    for title in TITLES.values():
        assert not any(char.isascii() and char.isalpha() for char in title.replace("Excel", "")), title


def test_a_finding_reads_aloud() -> None:
    finding = Finding(
        Code.NOT_A_DATE,
        sheet="人员",
        cell="C5",
        heading="出生年月",
        found="2020.13",
        expected="年份和月份，如 1975年3月",
        hint="月份只能是 1 到 12。",
    )
    assert finding.place == "工作表“人员”C5（出生年月）"
    assert finding.sentence() == (
        "工作表“人员”C5（出生年月）：不是日期，填的是“2020.13”，应为年份和月份，如 1975年3月，月份只能是 1 到 12。"
    )


def test_a_finding_about_the_whole_file_needs_no_place() -> None:
    finding = Finding(Code.PASSWORD, hint="请去掉密码后重新放入")
    assert finding.place == ""
    assert finding.sentence() == "文件有密码，请去掉密码后重新放入。"


def test_warnings_do_not_send_a_workbook_back() -> None:
    warning = Finding(Code.TOO_LONG, severity=Severity.WARNING)
    error = Finding(Code.REQUIRED)
    assert errors((warning, error)) == (error,)
    assert errors((warning,)) == ()


def test_json_has_every_part_and_the_sentence() -> None:
    finding = Finding(Code.REQUIRED, sheet="表", cell="B2", heading="姓名", expected="姓名")
    told = finding.as_json()
    assert told["code"] == "required"
    assert told["severity"] == "error"
    assert told["sentence"] == finding.sentence()
    assert set(told) == {"code", "severity", "sheet", "cell", "heading", "found", "expected", "hint", "sentence"}
