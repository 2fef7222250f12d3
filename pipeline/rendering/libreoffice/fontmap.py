"""The faces LibreOffice shall print with: those our own engine would take, told to it in fontconfig's words.

Left alone, it takes whatever fontconfig thinks near: on a bare machine one sans face for 仿宋, 楷体 and 小标宋 alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.core.values import Substitution
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.installed import SYSTEM_FOLDERS

_HEAD = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'


def font_map(substitutions: Iterable[Substitution], book: FontBook, cache: Path) -> str:
    """A fonts.conf in which each face that is not here is the one that stands in for it."""
    folders = {*SYSTEM_FOLDERS, *book.folders}
    parts = [f"<dir>{escape(str(folder))}</dir>" for folder in sorted(folders)]
    parts.append(f"<cachedir>{escape(str(cache))}</cachedir>")
    parts += [_rule(each, book) for each in substitutions]
    return f"{_HEAD}<fontconfig>{''.join(parts)}</fontconfig>\n"


def _rule(substitution: Substitution, book: FontBook) -> str:
    face = book.face(substitution.used)
    if face is None:
        return ""
    weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if face.bold else ""
    wanted, family = escape(substitution.wanted), escape(face.family)
    return (
        f'<match target="pattern"><test name="family" qual="any"><string>{wanted}</string></test>'
        f'<edit name="family" mode="prepend" binding="same"><string>{family}</string></edit>{weight}</match>'
    )
