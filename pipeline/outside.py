"""What is handed out (a backup, an export, a packet) lies outside the office's own folders.

In the archive it would be a stranger that ``verify`` names, in the inbox an arrival, in a backup's source a snake that
eats its tail.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.office import Office

OWN = ("templates", "policies")
"""Folders of the office's own, which take the place of what comes with the program."""


def refuse_inside(office: Office, target: Path) -> None:
    """Raise ``AnswerIsNo`` when ``target`` lies in archive, inbox or another of the office's own folders."""
    settings = office.settings
    place = target.resolve()
    for folder in (settings.archive, settings.inbox, settings.private, *(settings.root / one for one in OWN)):
        if place.is_relative_to(folder.resolve()):
            raise AnswerIsNo(
                _("不能放在办公室自己的文件夹里"),
                where=str(target),
                remedy=_("换一个地方，最好在另一块盘或另一台机器上"),
            )
