"""Whose papers these are and what they were made with, for the metadata of each (来源, DA/T 46-2009 M2)."""

from __future__ import annotations

from platform import python_version, system

from pipeline import __version__
from pipeline.filing import Provenance
from pipeline.settings import Settings


def provenance(settings: Settings) -> Provenance:
    """``[provenance]`` of gongwen.toml, with what stands elsewhere in it where the office wrote nothing."""
    own = settings.provenance
    unit = own.unit or settings.issuer.name
    return Provenance(
        fonds=settings.office.fonds,
        fonds_name=own.fonds_name or unit,
        unit=unit,
        unit_code=own.unit_code,
        repository=own.repository,
        repository_code=own.repository_code,
        environment=f"gongwen {__version__}（Python {python_version()}，{system()}）",
        pdf_level=settings.printing.level,
    )
