"""The tables of gongwen.toml, one by one: what may stand under each key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, model_validator

from pipeline.core.configuration import TomlTable
from pipeline.core.messages import _

Retention = Literal["Y", "D30", "D10"]
"""保管期限: for ever, thirty years, ten years."""
_Faces = tuple[str, ...]
_LAST_NUMBER = 99_999
"""No organ gives more numbers in a year; what is beyond is a slip of the keys."""


def _one_place(written: str) -> str:
    """A folder as this machine can find it. Raises ``ValueError``."""
    if not written.strip() or "\0" in written:
        raise ValueError(_("应为文件夹的路径，不能是空的"))
    if "\\" in written or re.match("[A-Za-z]:", written):
        raise ValueError(_("这是 Windows 的路径；要写共享盘在这台机器上的位置，如 /mnt/share/收件"))
    return written


def _a_name(written: str) -> str:
    """Something that can stand on paper. Raises ``ValueError``."""
    if not written.strip() or any(unicodedata.category(char) == "Cc" for char in written):
        raise ValueError(_("应为名称，不能是空的，也不能有换行"))
    return written


_Folder = Annotated[str, AfterValidator(_one_place)]
_Name = Annotated[str, AfterValidator(_a_name)]


class OrganisationTable(TomlTable):
    """``[[organisation]]``: an organisation whose papers this office issues or files; ``above`` is the code of another
    one that it belongs under."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{3}$")]
    name: Annotated[_Name, Field(min_length=2)]
    short_name: Annotated[_Name, Field(min_length=1)]
    number_code: Annotated[str, Field(pattern=r"^\S{1,20}$")]
    synonyms: tuple[str, ...] = ()
    above: str = ""


class OfficeTable(TomlTable):
    """``[office]``. ``fonds`` is the 全宗号 (DA/T 22-2015 5.4: four characters); folders may lie on the share."""

    name: Annotated[_Name, Field(min_length=2)]
    fonds: Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$")]
    issuer: str
    seal_diameter_mm: Annotated[float, Field(ge=20, le=60)] = 42.0
    inbox: _Folder = "inbox"
    archive: _Folder = "archive"


class ProvenanceTable(TomlTable):
    """``[provenance]``: what the metadata of each paper say of where it comes from (DA/T 46-2009, M3 to M6 and M78).

    ``repository`` is the 档案馆 that takes the papers over one day, ``unit`` the 立档单位 (default: the issuer),
    ``fonds_name`` the 全宗名称 (default: the unit's name), ``unit_code`` its 统一社会信用代码 or 组织机构代码.
    """

    repository: Annotated[str, Field(max_length=200)] = ""
    repository_code: Annotated[str, Field(max_length=120)] = ""
    fonds_name: Annotated[str, Field(max_length=200)] = ""
    unit: Annotated[str, Field(max_length=200)] = ""
    unit_code: Annotated[str, Field(max_length=120)] = ""


class SeriesTable(TomlTable):
    """``[[series]]``: where a number series goes on after the paper register that was kept before."""

    series: Annotated[_Name, Field(min_length=1)]
    year: Annotated[int, Field(ge=1949, le=2199)]
    start: Annotated[int, Field(ge=1, le=_LAST_NUMBER)]


class WatchTable(TomlTable):
    """``[watch]``: seconds between two full scans, and of stillness before a file counts as arrived.

    ``polling`` "always" looks at the folder itself instead of waiting for the system's events, which do not tell of
    changes that other machines make on a share; "auto" does so where the inbox lies on one. ``subfolders``: folders in
    the inbox that bear an organisation's name are its own inbox, with 退回 and 回执 of their own.
    """

    interval_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    settle_seconds: Annotated[float, Field(ge=0, le=600)] = 2.0
    polling: Literal["auto", "always"] = "auto"
    subfolders: bool = False


class LimitsTable(TomlTable):
    """``[limits]``: what one workbook may cost, and how long one paper may take to print."""

    file_megabytes: Annotated[int, Field(ge=1)] = 64
    unpacked_megabytes: Annotated[int, Field(ge=1)] = 1024
    cells: Annotated[int, Field(ge=1)] = 5_000_000
    sheets: Annotated[int, Field(ge=1)] = 200
    read_seconds: Annotated[float, Field(gt=0)] = 120.0
    print_seconds: Annotated[float, Field(gt=0)] = 120.0
    memory_megabytes: Annotated[int, Field(ge=256)] = 4096


class ScansTable(TomlTable):
    """``[scans]``: what one scan may cost: its megabytes and pages, millions of pixels a page, and seconds to read it,
    or to make the sealed copy of one paper."""

    file_megabytes: Annotated[int, Field(ge=1)] = 512
    pages: Annotated[int, Field(ge=1)] = 1000
    megapixels: Annotated[int, Field(ge=1)] = 120
    seconds: Annotated[float, Field(gt=0)] = 900.0


class FontsTable(TomlTable):
    """``[fonts]``: folders with the office's own licensed fonts, and the faces (or files) to prefer for each role."""

    folders: tuple[_Folder, ...] = ()
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


class PrintingTable(TomlTable):
    """``[printing]``: how many papers are set at the same time (0: one for each processor, at most four), and what the
    PDF is: ``level`` of PDF/A, and with ``embed`` the merged Word file and the record inside it, which 2u forbids.
    ``engine`` prints what a kind does not have printed otherwise. ``code`` prints a code (二维码) on each paper, by
    which a scan of it is brought back."""

    workers: Annotated[int, Field(ge=0, le=64)] = 0
    level: Literal["3u", "2u"] = "3u"
    embed: StrictBool = False
    engine: Literal["own", "libreoffice"] = "own"
    code: StrictBool = True

    @model_validator(mode="after")
    def _files_need_level_3(self) -> PrintingTable:
        if self.embed and self.level == "2u":
            raise ValueError(_('embed = true 要求 level = "3u"：PDF/A-2 里不能带附件'))
        return self


class ArchiveTable(TomlTable):
    """``[archive]``: when a paper gets its 档号, and what is printed on it for the archive.

    ``coding`` "filing" gives it when the paper is filed, "arrangement" at the yearly arrangement (整理, ``gongwen
    arrange``). 归档章 (``stamp``) and the page numbers of the 件 (``paging``, 编页) are off unless asked for: the same
    PDF is printed, sealed and sent out, and an archive's stamp has no business there.
    """

    coding: Literal["filing", "arrangement"] = "filing"
    stamp: StrictBool = False
    paging: StrictBool = False

    @model_validator(mode="after")
    def _stamp_needs_a_code(self) -> ArchiveTable:
        if self.stamp and self.coding == "arrangement":
            raise ValueError(_('stamp = true 要求 coding = "filing"：归档章上有件号，整理以前还没有编'))
        return self


class PolicyTable(TomlTable):
    """``[policies.term]``: the options that hold here (none: the first one), and what a breach is.

    An empty ``severity`` leaves it as the policy's own file says.
    """

    options: tuple[str, ...] = ()
    severity: Literal["", "error", "warning", "off"] = ""


class BoxesTable(TomlTable):
    """``[boxes]``: how papers go into boxes (装盒, DA/T 22-2015 6.4). ``widths`` are the spines the office has, in mm;
    ``sheets_per_mm`` how many sheets of its paper a millimetre of spine holds, ``pages_per_sheet`` 2 where it prints on
    both sides."""

    widths: Annotated[tuple[Literal[20, 30, 40, 50], ...], Field(min_length=1)] = (20, 30, 40, 50)
    sheets_per_mm: Annotated[float, Field(gt=0, le=20)] = 8.0
    pages_per_sheet: Literal[1, 2] = 2


class SealingTable(TomlTable):
    """``[sealing]``: ``trusted`` are the certificates (PEM or DER, patterns such as ``certs/*.pem``) that an electronic
    seal must lead to."""

    trusted: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class CalendarTable(TomlTable):
    """``[calendar]``: the office's own days, before the public table: free ones, and weekends that are worked."""

    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
