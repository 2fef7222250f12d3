"""A real paper of three pages with its code on the first, and its pages as pictures."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import segno
from PIL import Image

from pipeline.core.papercode import PaperCode
from tests.merge.papers import NOTICE, notice
from tests.scanning.distorting import rendered
from tests.test_press import press

CODE = PaperCode("85cade1c98612888", "1f00aa32", 3)
_BODY = "\n".join(
    f"{number}、第{number}项工作\n各社区党委要把第{number}项工作抓紧抓实，明确责任人{'、'.join(who)}，于{month}月底前报区委组织部备案。"
    for number, who, month in zip(
        "一二三四五六七八九十",
        ("张伟", "王芳", "李娜", "刘洋陈静", "杨柳", "赵磊", "黄敏周涛", "吴刚", "徐丽", "孙悦朱琳"),
        (3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        strict=True,
    )
)


@lru_cache(maxsize=1)
def filed_pdf() -> bytes:
    """The PDF/A as it is filed: a letter, and two pages of what it issues."""
    return press().print(notice({**NOTICE, "issued_text": _BODY, "attachment_form": "", "attachment_names": ""})).pdf


@lru_cache(maxsize=8)
def pages(dpi: int = 200, code: PaperCode = CODE) -> tuple[Image.Image, ...]:
    """The printed pages, the code on the first."""
    first, *others = rendered(filed_pdf(), dpi)
    return with_code(first, code, dpi), *others


def with_code(page: Image.Image, code: PaperCode | str, dpi: float = 200) -> Image.Image:
    """The page with a code of 15 mm below its text on the left."""
    stream = io.BytesIO()
    segno.make(str(code), error="m", micro=False).save(stream, kind="png", scale=10, border=0)
    side = round(15 / 25.4 * dpi)
    printed = page.copy()
    square = Image.open(stream).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    printed.paste(square, (round(28 / 25.4 * dpi), round(268 / 25.4 * dpi)))
    return printed


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file of this content."""
    path = folder / name
    path.write_bytes(data)
    return path
