"""The whole of gongwen.toml, its tables held against one another, and how it is read.

The office's computer person edits this file with a text editor. So every error names the file, the key and the way to
mend it, and an unknown key is an error too: a misspelt ``seal_diameter`` that is silently ignored prints wrong circles.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError, field_validator, model_validator

from pipeline.core.configuration import Location, TomlTable, faults, read_toml
from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.text import folded_name, nfc
from pipeline.core.values import Organisation
from pipeline.settings.tables import (
    ArchiveTable,
    BoxesTable,
    CalendarTable,
    FontsTable,
    LimitsTable,
    OfficeTable,
    OrganisationTable,
    PolicyTable,
    PrintingTable,
    ProvenanceTable,
    Retention,
    ScansTable,
    SealingTable,
    SeriesTable,
    WatchTable,
)

FILE = "gongwen.toml"


class Settings(TomlTable):
    """The whole of gongwen.toml. ``root`` is the workspace it was read from."""

    root: Path
    office: OfficeTable
    organisation: tuple[OrganisationTable, ...]
    provenance: ProvenanceTable = ProvenanceTable()
    series: tuple[SeriesTable, ...] = ()
    retention: dict[str, Retention] = Field(default_factory=dict)
    watch: WatchTable = WatchTable()
    limits: LimitsTable = LimitsTable()
    scans: ScansTable = ScansTable()
    fonts: FontsTable = FontsTable()
    printing: PrintingTable = PrintingTable()
    archive_prints: ArchiveTable = Field(default=ArchiveTable(), alias="archive")
    policies: dict[str, PolicyTable] = Field(default_factory=dict)
    calendar: CalendarTable = CalendarTable()
    boxes: BoxesTable = BoxesTable()
    sealing: SealingTable = SealingTable()

    @field_validator("organisation")
    @classmethod
    def _codes_differ(cls, organisations: tuple[OrganisationTable, ...]) -> tuple[OrganisationTable, ...]:
        """Names that differ in case or composition alone would be one folder on a share of Windows."""
        for what in ("code", "name"):
            seen: set[str] = set()
            for organisation in organisations:
                value = getattr(organisation, what)
                if folded_name(value) in seen:
                    raise ValueError(_("{what} “{value}” 写了两次").format(what=what, value=value))
                seen.add(folded_name(value))
        return organisations

    @field_validator("series")
    @classmethod
    def _a_series_starts_once(cls, series: tuple[SeriesTable, ...]) -> tuple[SeriesTable, ...]:
        seen: set[tuple[str, int]] = set()
        for one in series:
            if (one.series, one.year) in seen:
                raise ValueError(_("{what} “{value}” 写了两次").format(what=one.year, value=one.series))
            seen.add((one.series, one.year))
        return series

    @model_validator(mode="after")
    def _issuer_is_known(self) -> Settings:
        if self.office.issuer not in {organisation.code for organisation in self.organisation}:
            raise ValueError(
                _("office.issuer = “{code}” 不是任何一个 [[organisation]] 的 code").format(code=self.office.issuer)
            )
        return self

    @model_validator(mode="after")
    def _those_above_are_known(self) -> Settings:
        above = {one.code: one.above for one in self.organisation}
        for place, one in enumerate(self.organisation, start=1):
            seen, code = {one.code}, one.above
            while code:
                if code not in above or code in seen:
                    raise ValueError(
                        _("organisation[{place}].above = “{code}” 不是别的 [[organisation]] 的 code").format(
                            place=place, code=one.above
                        )
                    )
                seen.add(code)
                code = above[code]
        return self

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations as the stages know them."""
        return tuple(
            Organisation(table.code, table.name, table.short_name, table.number_code, table.synonyms, table.above)
            for table in self.organisation
        )

    @property
    def issuer(self) -> Organisation:
        """The organisation that issues where a paper names no other."""
        return next(one for one in self.organisations if one.code == self.office.issuer)

    @property
    def starts(self) -> Mapping[tuple[str, int], int]:
        """The first number to give, by series and year, where it is not 1."""
        return {(nfc(table.series), table.year): table.start for table in self.series}

    @property
    def codes_at_filing(self) -> bool:
        """Whether a paper gets its 档号 when it is filed, and not at the yearly arrangement."""
        return self.archive_prints.coding == "filing"

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
    if not path.is_file():
        raise ConfigurationError(
            _("这里不是一个 gongwen 办公室：没有 {file}").format(file=FILE),
            where=str(root),
            remedy=_("用 -w 指明办公室的文件夹，或用 gongwen init 新建一个"),
        )
    table = read_toml(path)
    if "root" in table:
        raise ConfigurationError(_("root：没有这个键，检查拼写"), where=str(path), remedy=_("删去这一行"))
    try:
        return Settings(root=root, **table)
    except ValidationError as error:
        raise ConfigurationError(
            "\n".join(faults(error, _key)), where=str(path), remedy=_("改好这些键后再运行一次")
        ) from None


def _key(location: Location) -> str:
    """``organisation[2].code``: tables of a list are counted from one, as a person counts them."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
