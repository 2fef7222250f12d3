"""Play the example office: drop its workbooks into an inbox, run, and say where to look.

    python examples/play.py demo

The office is made in the named folder from ``examples/gongwen.toml``; playing it again drops the same workbooks again
and files nothing twice.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SENT_BACK = 3

NEXT = """
接下来可以试试：
    {gongwen} -w {folder} find 兼职委员
    {gongwen} -w {folder} show 铜王组发〔2020〕50号
    {gongwen} -w {folder} verify

看这里：
    {folder}/archive/2020/   归档的文件（PDF、Word、归档记录、来稿、校验清单）
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
    for workbook in sorted((HERE / "inbox").glob("*.xlsx")):
        shutil.copyfile(workbook, inbox / workbook.name)


def main(folder: Path) -> int:
    """Play; returns the exit code, 0 also when the workbook with planted mistakes came back as it must."""
    make_office(folder)
    drop_workbooks(folder / "inbox")
    code = subprocess.run([sys.executable, "-m", "pipeline", "-w", str(folder), "run"], check=False).returncode
    if code not in (0, SENT_BACK):
        return code
    gongwen = Path(sys.executable).parent / "gongwen"
    shown = gongwen.relative_to(Path.cwd()) if gongwen.is_relative_to(Path.cwd()) else gongwen
    print(NEXT.format(gongwen=shown, folder=folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
