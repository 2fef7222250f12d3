"""Every sentence has its English, and an English office meets no Chinese but its own names."""

from __future__ import annotations

import gettext as reading
import os
import re
import string
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_file

from pipeline.core.errors import AnswerIsNo
from pipeline.core.findings import TITLES, Code, Finding
from pipeline.core.messages import CATALOGUES, _
from tools import messages

HAN = re.compile(r"[㐀-鿿，。、；：（）]")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process whose locale is English."""
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    return messages.translations()


def test_every_sentence_of_the_code_is_translated(catalogue: dict[str, str]) -> None:
    missing = sorted(sentence for sentence in messages.sentences() if not catalogue.get(sentence))
    assert not missing, "run `make messages` and translate in gongwen.po:\n" + "\n".join(missing)


def test_no_translation_is_left_over(catalogue: dict[str, str]) -> None:
    spare = sorted(catalogue.keys() - messages.sentences())
    assert not spare, "run `make messages`; nobody says this any more:\n" + "\n".join(spare)


def test_placeholders_of_both_languages_agree(catalogue: dict[str, str]) -> None:
    differing = [pair for pair in _translated(catalogue) if _placeholders(pair[0]) != _placeholders(pair[1])]
    assert not differing


def test_blanks_at_the_ends_are_for_joining_only(catalogue: dict[str, str]) -> None:
    """A sentence indented in one language is so in the other; a translation never ends in a line feed by mistake."""
    for chinese, said in _translated(catalogue):
        assert chinese.startswith("    ") == said.startswith("    "), said
        assert chinese.endswith("\n") == said.endswith("\n"), said


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    made = messages.catalogue(messages.translations())
    assert messages.ENGLISH.read_bytes() == messages.as_po(made), "run `make messages`"
    assert messages.ENGLISH.with_suffix(".mo").read_bytes() == messages.as_mo(made), "run `make messages`"


def test_gettext_reads_it() -> None:
    read = reading.translation("gongwen", localedir=str(CATALOGUES), languages=["en"])
    assert read.gettext("没有找到") == "Nothing found"


# --------------------------------------------------------------------------- what is extracted


def _sentences(source: str) -> set[str]:
    return set(messages.sentences_of(messages.parse(Path("module.py"), source)))


def test_a_sentence_in_the_call() -> None:
    assert _sentences('print(_("第{row}行").format(row=3), _("一"\n "二"))') == {"第{row}行", "一二"}


@pytest.mark.parametrize(
    "source",
    [
        'TABLE = {"a": "甲", "b": "乙"}\ndef said(key): return _(TABLE[key])',
        'TABLE = {"a": "甲"}\ndef said(key): return _(TABLE.get(key, "乙"))',
        'def said(key):\n    words = {"键": "甲"}.get(key, "乙")\n    return _(words)',
        'TABLE = {1: "甲", 2: "乙"}\ndef said():\n    for n, words in TABLE.items():\n        yield _(words)',
        'TABLE = {1: "甲"}\ndef said(): return [_(words) for words in (*TABLE.values(), "乙")]',
        'TABLE = {1: "甲", 2: "乙"}\ndef name(n): return TABLE[n]\ndef said(n):\n    w = name(n)\n    return _(w)',
        'A = "甲"\nB = "乙"\ndef said(x): return _(A if x else B)',
        'P = re.compile("丙")\ndef said():\n    n = P.match("")\n    return _({1: "甲", 2: "乙"}.get(n))',
    ],
)
def test_a_sentence_that_stands_in_a_table(source: str) -> None:
    assert _sentences(source) == {"甲", "乙"}


def test_a_table_of_another_module() -> None:
    source = "from pipeline.core.findings import TITLES\ndef said(code): return _(TITLES[code])"
    assert _sentences(source) == set(TITLES.values())


@pytest.mark.parametrize("argument", ['f"第{row}行"', '"第" + row', "row", '"第{}行".format(row)', "self.words"])
def test_a_sentence_that_cannot_be_looked_up_is_told(argument: str) -> None:
    with pytest.raises(messages.Unclear, match=r"module\.py:1: _\("):
        _sentences(f"def said(self, row): return _({argument})")


# --------------------------------------------------------------------------- what an English office reads


def test_findings_are_english(english: None) -> None:
    for code in Code:
        finding = Finding(code, sheet="A", cell="B3", heading="C", found="D", expected="E", hint="F")
        assert not HAN.search(finding.sentence()), finding.sentence()
    finding = Finding(Code.NOT_A_DATE, sheet="People", cell="E5", heading="Born", found="1979-13", hint="no month 13")
    assert finding.sentence() == "sheet “People” E5 (Born): not a date; found “1979-13”; no month 13."
    assert Finding(Code.SHEET_MISSING, sheet="People").sentence() == "sheet “People”: sheet missing."
    assert Finding(Code.HEADING_MISSING, sheet="People", heading="Born").place == "sheet “People” (Born)"


def test_a_language_without_catalogue_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert _("没有找到") == "没有找到"


def _run(*arguments: str, language: str = "en_US.UTF-8") -> subprocess.CompletedProcess[str]:
    without = {key: value for key, value in os.environ.items() if key not in ("LC_ALL", "LC_MESSAGES", "LANGUAGE")}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        env={**without, "LANG": language, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("command", [(), ("number",), ("number", "import"), ("run",), ("lint",), ("render",)])
def test_help_is_english(command: tuple[str, ...]) -> None:
    # The example of a number series is Chinese in every language.
    told = _run(*command, "--help").stdout.replace("铜王组发", "")
    assert "Usage:" in told and not HAN.search(told), told


def test_help_is_chinese_at_home() -> None:
    assert "把收件夹里现有的表格处理一遍" in _run("--help", language="zh_CN.UTF-8").stdout


def test_an_error_is_english(tmp_path: Path, english: None) -> None:
    failed = _run("-w", str(tmp_path), "status")
    assert failed.returncode == 6
    assert failed.stderr.startswith("Error: ") and "gongwen init" in failed.stderr
    assert not HAN.search(failed.stderr.replace(str(tmp_path), ""))
    assert AnswerIsNo(_("没有找到")).what == "Nothing found"


# --------------------------------------------------------------------------- helpers


def _translated(catalogue: dict[str, str]) -> list[tuple[str, str]]:
    return [pair for pair in catalogue.items() if pair[1]]


def _placeholders(sentence: str) -> set[tuple[str, str]] | str:
    """The names and formats to be filled in; of a text with braces of its own (templates), all its braces."""
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        return "".join(re.findall(r"[{}%]", sentence))
    return {(name, form or "") for _text, name, form, _kind in parts if name is not None}


# --------------------------------------------------------------------------- what click says

_FOR_PROGRAMMERS = re.compile("Deprecat|declar|defined|iterable|start character|^Choice|UUID|same flag|one parameter")
_ASKED_NEVER = {"{len_type} values are required, but {len_value} was given."}


def test_what_click_says_of_wrong_usage_is_translated() -> None:
    """All but what only a program declared wrongly would make it say."""
    known = {each.id[0] if isinstance(each.id, tuple) else each.id for each in messages.clicks() if each.id}
    folder = Path(click.__file__).parent
    said = set()
    for module in ("core", "exceptions", "formatting", "parser", "types"):
        for _line, sentence, _comments, _context in extract_from_file("python", str(folder / f"{module}.py")):
            said.add(sentence if isinstance(sentence, str) else sentence[0])
    assert {one for one in said - known - _ASKED_NEVER if not _FOR_PROGRAMMERS.search(one)} == set()
    assert messages.CLICK.with_suffix(".mo").read_bytes() == messages.as_mo(messages.clicks()), "run `make messages`"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_CN.UTF-8", "错误：没有“nosuch”这个命令。"),
        ("C", "错误："),
        ("en_US.UTF-8", "Error: No such command 'nosuch'."),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_office(language: str, said: str) -> None:
    environment = {**os.environ, "LC_ALL": language, "PYTHONUTF8": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "pipeline", "nosuch"],
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert told.returncode == 2
    assert said in told.stderr
