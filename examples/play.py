"""Play the example office: drop its workbooks into an inbox, run, look a street's year over, and say where to look.

    python examples/play.py demo

The office is made in the named folder from ``examples/gongwen.toml``; playing it again drops the same workbooks again
and files nothing twice. What is wrong with the year on purpose stands in ``expected.toml``: the demo fails when the
checklist finds anything else, or the yearly report counts otherwise.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
STREET, COMMUNITY, YEAR = "桃园街道党委", "桃园社区", "2021"
SENT_BACK, SOMETHING_MISSING = 3, 1

NEXT = """
接下来可以试试：
    {gongwen} -w {folder} find 兼职委员 --year 2021
    {gongwen} -w {folder} show 王桃党发〔2021〕2号
    {gongwen} -w {folder} verify

看这里：
    {folder}/迎检清单.pdf    桃园街道2021年应有什么、缺什么（.xlsx 里有链接）
    {folder}/迎检材料.pdf    桃园社区2021年的文件一册：封面、目录、原文、清单、核对、利用登记，电话和身份证号已遮盖
    {folder}/archive/        归档的文件（PDF、Word、归档记录、来稿、校验清单），年度工作报告也在里面
    {folder}/inbox/回执/     办成的表格，带文号、档号和链接
    {folder}/inbox/退回/     要改的表格，错处涂了颜色、写了批注
"""


def make_office(folder: Path) -> None:
    """The workspace with its settings and folders; an existing one is left as it is, but for its settings."""
    for name in ("inbox", "archive"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "gongwen.toml", folder / "gongwen.toml")


def drop_workbooks(inbox: Path) -> None:
    """Copy every example workbook into the inbox, as a secretary does."""
    for workbook in sorted([*(HERE / "inbox").glob("*.xlsx"), *(HERE / "year").glob("*.xlsx")]):
        shutil.copyfile(workbook, inbox / workbook.name)


def gongwen(folder: Path, *words: str) -> int:
    """One command as a person types it; returns its exit code."""
    return subprocess.run([sys.executable, "-m", "pipeline", "-w", str(folder), *words], check=False).returncode


def told(folder: Path, *words: str) -> dict[str, object]:
    """What a command tells a program."""
    command = [sys.executable, "-m", "pipeline", "-w", str(folder), "--json", *words]
    answer: dict[str, object] = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return answer


def make_packet(folder: Path) -> int:
    """The papers of one community's year for an inspector; a packet of an earlier play gives way."""
    name = folder / "迎检材料.pdf"
    name.unlink(missing_ok=True)
    who = ("--for", "王益区委检查组", "--purpose", f"{YEAR}年度区域化党建检查", "--by", "王秘书")
    return gongwen(
        folder, "packet", "--org", COMMUNITY, "--from", YEAR, "--to", YEAR, "-o", str(name), "--redact", *who
    )


def differences(folder: Path) -> list[str]:
    """Where checklist and report say something else than what was planted; empty when they agree."""
    expected = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
    planted = {(gap["subject"], gap["paper"], gap["state"]) for gap in expected["gap"]}
    entries = told(folder, "checklist", "--org", STREET, "--year", YEAR)["entries"]
    assert isinstance(entries, list)
    found = {(one["subject"], one["paper"], one["state"]) for one in entries if one["state"] != "there"}
    totals = told(folder, "report", "--org", STREET, "--year", YEAR)["totals"]
    return [
        *(f"应当查出，没有查出：{' '.join(gap)}" for gap in sorted(planted - found)),
        *(f"不应当查出：{' '.join(gap)}" for gap in sorted(found - planted)),
        *([] if totals == expected["figures"] else [f"年度工作报告应当是 {expected['figures']}，数出来是 {totals}"]),
    ]


def main(folder: Path) -> int:
    """Play; returns the exit code, 0 also when the workbook with planted mistakes came back as it must."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # our headings before what the commands say, in a file too
    make_office(folder)
    drop_workbooks(folder / "inbox")
    code = gongwen(folder, "run")
    if code not in (0, SENT_BACK):
        return code
    print(f"\n桃园街道{YEAR}年迎检清单：")
    lists = [part for name in ("迎检清单.pdf", "迎检清单.xlsx") for part in ("-o", str(folder / name))]
    code = gongwen(folder, "checklist", "--org", STREET, "--year", YEAR, *lists)
    if code != SOMETHING_MISSING:
        return code or 1
    print(f"\n桃园街道{YEAR}年度工作报告：")
    code = gongwen(folder, "report", "--org", STREET, "--year", YEAR, "--file") or gongwen(folder, "run")
    if code:
        return code
    print(f"\n{COMMUNITY}{YEAR}年迎检材料：")
    code = make_packet(folder)
    if code:
        return code
    wrong = differences(folder)
    for line in wrong:
        print(line)
    program = Path(sys.executable).parent / "gongwen"
    shown = program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else program
    print(NEXT.format(gongwen=shown, folder=folder))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
