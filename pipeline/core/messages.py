"""Words for people: Chinese is the language they are written in, English is a catalogue beside it.

``_("第{row}行…")`` returns the sentence in the language of ``LANG``; Chinese unless the locale says ``en``.
Placeholders are filled after the look-up (``_(…).format(row=3)``), so that the catalogue stays small.
"""

from __future__ import annotations

import gettext
import os
from functools import lru_cache
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "locale"


def language() -> str:
    """Return ``"en"`` when the locale of the process asks for English, else ``"zh"``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


@lru_cache(maxsize=4)
def _catalogue(name: str) -> gettext.NullTranslations:
    if name == "zh":
        return gettext.NullTranslations()
    return gettext.translation("gongwen", localedir=str(CATALOGUES), languages=[name], fallback=True)


def in_chinese(library: str) -> None:
    """Let a library that speaks by gettext say its own words in Chinese too, where the process does.

    It takes the language from the environment, and would speak English where none is set; ours is Chinese then.
    """
    if language() == "zh":
        os.environ["LANGUAGE"] = "zh"
        gettext.bindtextdomain(library, str(CATALOGUES))
        gettext.textdomain(library)


def _(sentence: str) -> str:
    """The sentence in the language of the process."""
    return _catalogue(language()).gettext(sentence)
