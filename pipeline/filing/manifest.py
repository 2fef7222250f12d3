"""The digests of a folder's files in the form that ``sha256sum -c`` reads (GNU coreutils).

``<sha256>  <name>``; a name with a backslash, line feed or carriage return has those escaped and a backslash before
the whole line. Names are relative to the manifest's folder. Sorted, so that equal folders have equal manifests.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

NAME = "manifest-sha256.txt"

_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64}) [ *](?P<name>[^\n]+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)


def write(digests: Mapping[str, str]) -> bytes:
    """A manifest of ``digests`` (name to SHA-256)."""
    return "".join(_line(name, digests[name]) for name in sorted(digests)).encode()


def read(content: bytes) -> dict[str, str]:
    """Name to SHA-256. Raises ``ValueError`` for anything that is no manifest, a name twice included."""
    *lines, rest = content.decode().split("\n")
    if rest:
        raise ValueError("the last line is cut off")
    digests: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"no digest: {line[:80]!r}")
        name = _ESCAPED.sub(_unescape, match["name"]) if match["escaped"] else match["name"]
        if name in digests:
            raise ValueError(f"twice: {name!r}")
        digests[name] = match["digest"]
    return digests


def _line(name: str, digest: str) -> str:
    escaped = "".join(_ESCAPES.get(char, char) for char in name)
    return f"{'' if escaped == name else _BACKSLASH}{digest}  {escaped}\n"


_BACKSLASH = "\\"


def _unescape(match: re.Match[str]) -> str:
    for plain, escaped in _ESCAPES.items():
        if match[0] == escaped:
            return plain
    raise ValueError(f"unknown escape {match[0]!r}")
