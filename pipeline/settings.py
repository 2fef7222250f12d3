"""gongwen.toml as frozen values.

The office's computer person edits this file with a text editor. So every error names the file, the key and the way to
mend it, and an unknown key is an error too: a misspelt ``seal_diameter`` that is silently ignored prints wrong circles.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.values import Organisation

FILE = "gongwen.toml"

_Retention = Literal["Y", "D30", "D10"]
_Faces = tuple[str, ...]


class _Table(BaseModel):
    """A table of gongwen.toml: frozen, and strict about keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationTable(_Table):
    """``[[organisation]]``: an organisation whose papers this office issues or files."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")]
    name: Annotated[str, Field(min_length=2)]
    short_name: Annotated[str, Field(min_length=1)]
    number_code: Annotated[str, Field(pattern=r"^\S{1,20}$")]
    synonyms: tuple[str, ...] = ()


class OfficeTable(_Table):
    """``[office]``. ``fonds`` is the 全宗号 (DA/T 22-2015 5.4: four characters); folders may lie on the share."""

    name: Annotated[str, Field(min_length=2)]
    fonds: Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$")]
    issuer: str
    seal_diameter_mm: Annotated[float, Field(ge=20, le=60)] = 42.0
    inbox: str = "inbox"
    archive: str = "archive"


class SeriesTable(_Table):
    """``[[series]]``: where a number series goes on after the paper register that was kept before."""

    series: Annotated[str, Field(min_length=1)]
    year: Annotated[int, Field(ge=1949, le=2199)]
    start: Annotated[int, Field(ge=1)]


class WatchTable(_Table):
    """``[watch]``: seconds between two full scans, and of stillness before a file counts as arrived.

    ``polling`` "always" looks at the folder itself instead of waiting for the system's events, which do not tell of
    changes that other machines make on a share.
    """

    interval_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    settle_seconds: Annotated[float, Field(ge=0, le=600)] = 2.0
    polling: Literal["auto", "always"] = "auto"


class LimitsTable(_Table):
    """``[limits]``: what one workbook may cost, and how long one paper may take to print."""

    file_megabytes: Annotated[int, Field(ge=1)] = 64
    unpacked_megabytes: Annotated[int, Field(ge=1)] = 1024
    cells: Annotated[int, Field(ge=1)] = 5_000_000
    sheets: Annotated[int, Field(ge=1)] = 200
    read_seconds: Annotated[float, Field(gt=0)] = 120.0
    print_seconds: Annotated[float, Field(gt=0)] = 120.0
    memory_megabytes: Annotated[int, Field(ge=256)] = 4096


class FontsTable(_Table):
    """``[fonts]``: folders with the office's own licensed fonts, and the faces (or files) to prefer for each role."""

    folders: tuple[str, ...] = ()
    fangsong: _Faces = ()
    xiaobiaosong: _Faces = ()
    kai: _Faces = ()
    hei: _Faces = ()
    song: _Faces = ()
    serif_latin: _Faces = ()
    sans_latin: _Faces = ()
    mono_latin: _Faces = ()

    @property
    def roles(self) -> Mapping[str, _Faces]:
        """The preferred faces by role (``fangsong``, ``serif-latin`` …), only where the office named some."""
        named = self.model_dump(exclude={"folders"})
        return {role.replace("_", "-"): tuple(faces) for role, faces in named.items() if faces}


class PrintingTable(_Table):
    """``[printing]``: how many papers are set at the same time; 0 means one for each processor, at most four."""

    workers: Annotated[int, Field(ge=0, le=64)] = 0


class Settings(_Table):
    """The whole of gongwen.toml. ``root`` is the workspace it was read from."""

    root: Path
    office: OfficeTable
    organisation: Annotated[tuple[OrganisationTable, ...], Field(min_length=1)]
    series: tuple[SeriesTable, ...] = ()
    retention: dict[str, _Retention] = {}
    watch: WatchTable = WatchTable()
    limits: LimitsTable = LimitsTable()
    fonts: FontsTable = FontsTable()
    printing: PrintingTable = PrintingTable()

    @field_validator("organisation")
    @classmethod
    def _codes_differ(cls, organisations: tuple[OrganisationTable, ...]) -> tuple[OrganisationTable, ...]:
        for what in ("code", "name"):
            seen: set[str] = set()
            for organisation in organisations:
                value = getattr(organisation, what)
                if value in seen:
                    raise ValueError(_("{what} “{value}” 写了两次").format(what=what, value=value))
                seen.add(value)
        return organisations

    @model_validator(mode="after")
    def _issuer_is_known(self) -> Settings:
        if self.office.issuer not in {organisation.code for organisation in self.organisation}:
            raise ValueError(
                _("office.issuer = “{code}” 不是任何一个 [[organisation]] 的 code").format(code=self.office.issuer)
            )
        return self

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations as the stages know them."""
        return tuple(
            Organisation(table.code, table.name, table.short_name, table.number_code, table.synonyms)
            for table in self.organisation
        )

    @property
    def issuer(self) -> Organisation:
        """The organisation that issues where a paper names no other."""
        return next(one for one in self.organisations if one.code == self.office.issuer)

    @property
    def starts(self) -> Mapping[tuple[str, int], int]:
        """The first number to give, by series and year, where it is not 1."""
        return {(table.series, table.year): table.start for table in self.series}

    @property
    def inbox(self) -> Path:
        """The watched folder."""
        return self.root / self.office.inbox

    @property
    def archive(self) -> Path:
        """The archive's root."""
        return self.root / self.office.archive

    @property
    def private(self) -> Path:
        """``.gongwen/``: register, staging, spool, logs; nobody's business but the program's."""
        return self.root / ".gongwen"

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """Folders with the office's own fonts, absolute."""
        return tuple(self.root / folder for folder in self.fonts.folders)


def load_settings(root: Path) -> Settings:
    """Read ``root/gongwen.toml``. Raises ``ConfigurationError`` naming the key and the way to mend it."""
    root = root.resolve()
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigurationError(
            _("这里不是一个 gongwen 办公室：没有 {file}").format(file=FILE),
            where=str(root),
            remedy=_("用 -w 指明办公室的文件夹，或用 gongwen init 新建一个"),
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            _("文件不是 UTF-8 编码（第 {position} 个字节起读不出）").format(position=error.start),
            where=str(path),
            remedy=_("用记事本“另存为”，编码选 UTF-8"),
        ) from None
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            _("不是合法的 TOML：{error}").format(error=error),
            where=str(path),
            remedy=_("看上面给出的行和列；文字要用英文引号括起来"),
        ) from None
    try:
        return Settings(root=root, **table)
    except (ValidationError, TypeError) as error:
        raise ConfigurationError(_worded(error), where=str(path), remedy=_("改好这些键后再运行一次")) from None


_WORDS: Mapping[str, str] = {
    "missing": "缺少这个键",
    "extra_forbidden": "没有这个键，检查拼写",
    "string_type": "应为带引号的文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "string_pattern_mismatch": "格式不对，应符合 {pattern}",
    "string_too_short": "太短，至少 {min_length} 个字",
    "too_short": "至少要有 {min_length} 个",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "要大于 {gt}",
    "literal_error": "应为 {expected} 之一",
    "tuple_type": "应为用方括号括起来的列表",
    "dict_type": "应为一张表",
}


def _worded(error: ValidationError | TypeError) -> str:
    """Every fault of the file, one a line: ``office.fonds：格式不对…（现在是 “12”）``."""
    if isinstance(error, TypeError):
        return _("顶层的键名不能用")
    return "\n".join(_fault(dict(fault)) for fault in error.errors())


def _fault(fault: dict[str, Any]) -> str:
    key = re.sub(r"\.(\d+)", lambda match: f"[{int(match[1]) + 1}]", ".".join(str(part) for part in fault["loc"]))
    words = _WORDS.get(fault["type"])
    context = fault.get("ctx", {})
    what = _(words).format(**context) if words else str(context.get("error", fault["msg"]))
    if fault["type"] in ("missing", "extra_forbidden") or isinstance(fault["input"], (dict, tuple, list)):
        return f"{key}{_('：')}{what}" if key else what
    return _("{key}：{what}（现在是 “{value}”）").format(key=key, what=what, value=fault["input"])
