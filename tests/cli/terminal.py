"""Run the command line in this process and see what a person would: exit code, output, complaints."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from pipeline.cli import main


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def gongwen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> Said:
    """``gongwen WORDS…``."""
    monkeypatch.setattr(sys, "argv", ["gongwen", *map(str, words)])
    with pytest.raises(SystemExit) as left:
        main()
    captured = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return Said(left.value.code, captured.out, captured.err)
