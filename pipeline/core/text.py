"""Text as it may stand in a cell, on paper and in a file name.

Names keep their Chinese characters: nothing is transliterated or folded to ASCII, ever (an archive of "????.pdf"
is no archive). They are cut by bytes, because Linux allows 255 bytes (85 Han characters) for a name.
"""

from __future__ import annotations

import re
import unicodedata

NAME_BYTES = 255
"""Longest file name on the file systems in use (ext4, NFS, SMB with UTF-8), in bytes."""

_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NAME_FORBIDDEN = frozenset('<>:"/\\|?*')
_NAME_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
"""Control characters, invisible format characters (directions, zero width: two names that look alike), surrogates."""

_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$", re.IGNORECASE)
_FORBIDDEN_RUN = re.compile("\0+")
_SPACES = re.compile(r"\s+")
_BREAK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n\s*(?=[^\x00-\x7f])")
_HEADING_NOISE = re.compile(r"[\s\u3000*＊:：]+")


def nfc(text: str) -> str:
    """The text in Unicode NFC; the only form that is compared, stored or printed here."""
    return unicodedata.normalize("NFC", text)


def without_forbidden(text: str) -> str:
    """The text without characters that XML 1.0 forbids (section 2.2), lone surrogates and non-characters."""
    return _XML_FORBIDDEN.sub("", text)


def folded_heading(text: str) -> str:
    """A column heading as it is compared: NFKC, no spaces, line breaks, colons or asterisks, lower case.

    >>> folded_heading("出 生\\n年月：") == folded_heading("出生年月")
    True
    """
    return _HEADING_NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def collapsed(text: str) -> str:
    """The text with every run of white space as one blank, ends trimmed."""
    return _SPACES.sub(" ", text).strip()


def on_one_line(text: str) -> str:
    """The lines of a title as one: nothing is put between Chinese lines, a blank between others.

    >>> on_one_line("关于印发\\n《办法》的通知")
    '关于印发《办法》的通知'
    """
    return collapsed(_BREAK_IN_CHINESE.sub("", text))


def cut_to_bytes(text: str, limit: int) -> str:
    """The longest beginning of ``text`` that fits ``limit`` bytes of UTF-8 and ends between characters.

    A character keeps the accents and variant selectors that follow it, or goes with them.
    """
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    cut = encoded[:limit].decode(errors="ignore")
    while cut and unicodedata.category(text[len(cut)]).startswith("M"):
        cut = cut[:-1]
    return cut


def safe_name(text: str, *, limit: int = NAME_BYTES) -> str:
    """``text`` as a file or folder name that every file system in use accepts, at most ``limit`` bytes.

    Path separators, characters Windows refuses and invisible ones become "_", one for a run of them; names Windows
    reserves get "_" in front; leading dots and trailing dots and blanks go. Raises ``ValueError`` when nothing is left.
    """
    marked = "".join("\0" if _is_forbidden(char) else char for char in collapsed(nfc(without_forbidden(text))))
    name = cut_to_bytes(_FORBIDDEN_RUN.sub("_", marked).lstrip(". "), limit).rstrip(". ")
    if _RESERVED.match(name):
        name = cut_to_bytes(f"_{name}", limit).rstrip(". ")
    if not name.strip("_ "):
        raise ValueError(f"no usable file name in {text!r}")
    return name


def folded_name(name: str) -> str:
    """A file name as file systems that ignore case or composition compare it: equal results, same file there."""
    return nfc(nfc(name).casefold())


def _is_forbidden(char: str) -> bool:
    return char in _NAME_FORBIDDEN or unicodedata.category(char) in _NAME_FORBIDDEN_CATEGORIES
