"""What one 件 is made of (组件) besides the paper itself, and in which order, by DA/T 22-2015.

The filed paper is the fair copy (正本). Behind it lie what belongs to it: first what is read with it, then how it came
about (发文: 正本, 发文稿纸, 定稿), last what it answers (复文-来文, and of a paper received its slip first).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """What a file beside a paper is to it, in the order of the 件. ``PART_WORDS`` has the word of the office."""

    ATTACHMENT = "attachment"
    FORWARDED = "forwarded"
    COPY = "copy"
    TRANSLATION = "translation"
    SLIP = "slip"
    DRAFT = "draft"
    HANDLING = "handling"
    INCOMING = "incoming"


PART_WORDS: Mapping[Part, str] = {
    Part.ATTACHMENT: "附件",
    Part.FORWARDED: "被转发文",
    Part.COPY: "复制件",
    Part.TRANSLATION: "译本",
    Part.SLIP: "发文稿纸",
    Part.DRAFT: "定稿",
    Part.HANDLING: "文件处理单",
    Part.INCOMING: "来文",
}
