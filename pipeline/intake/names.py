"""The name of a file that somebody put into the inbox, as text that can be shown, stored and written again.

On a share a name may come as a Mac decomposes it (NFD), with control characters, or in GBK from a machine that never
heard of UTF-8; Python shows the last as lone surrogates, which no log and no database accepts.
"""

from __future__ import annotations

import os
import unicodedata

from pipeline.core.text import NAME_BYTES, nfc, safe_name

_NAMELESS = "未命名"
"""Not translated: the same file must get the same name again, whatever the language of the process."""


def readable(name: str) -> str:
    """The name in NFC, without control characters; bytes that are not UTF-8 are read as GB18030, or spelt out.

    >>> readable(os.fsdecode("五月.xlsx".encode("gb18030")))
    '五月.xlsx'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", errors="backslashreplace")
    return "".join("_" if unicodedata.category(char) in ("Cc", "Cs") else char for char in nfc(name))


def writable_name(name: str, *, limit: int = NAME_BYTES) -> str:
    """``safe_name``, and a name of our own for one that has nothing usable in it (``???.xlsx``)."""
    try:
        return safe_name(name, limit=limit)
    except ValueError:
        return _NAMELESS
