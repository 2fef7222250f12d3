"""How long a paper is kept (保管期限, 国家档案局令第8号): the codes of the 档号 and the words for people."""

from __future__ import annotations

from collections.abc import Mapping

RETENTIONS: Mapping[str, str] = {"Y": "永久", "D30": "30年", "D10": "10年"}
"""Each code of DA/T 22-2015 5.4 in words, the longest first."""
