"""What is handed out (a backup, an export, a packet) lies outside the office's own folders, in a folder that is there.

In the archive it would be a stranger that ``verify`` names, in the inbox an arrival, in a backup's source a snake that
eats its tail. A folder that is missing is more often a share or a stick that is not connected than one to be made: made
here, it would hide the set on the machine's own disk, and everybody would believe it handed over.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.office import Office
from pipeline.settings import FILE

OWN = ("templates", "policies")
"""Folders of the office's own, which take the place of what comes with the program."""


def refuse_place(office: Office, target: Path) -> None:
    """Raise ``AnswerIsNo`` when ``target`` lies in archive, inbox or another of the office's own folders, or when the
    folder it is to lie in is not there."""
    settings = office.settings
    place = target.resolve()
    for folder in (settings.archive, settings.inbox, settings.private, *(settings.root / one for one in OWN)):
        if place.is_relative_to(folder.resolve()):
            raise AnswerIsNo(
                _("不能放在办公室自己的文件夹里"),
                where=str(target),
                remedy=_("换一个地方，最好在另一块盘或另一台机器上"),
            )
    if not place.parent.is_dir():
        raise AnswerIsNo(
            _("要放到的文件夹不在，什么也没有写"),
            where=str(place.parent),
            remedy=_("如果在共享盘或移动盘上，先接上；确实是新文件夹，先建好它"),
        )


def refuse_place_near(workspace: Path, target: Path) -> None:
    """The same for a command that works without an office: as far as ``workspace`` is one."""
    if (workspace / FILE).is_file():
        with Office.open(workspace) as office:
            refuse_place(office, target)
