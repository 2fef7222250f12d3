"""Names in gongwen.toml that ought to name something: a kind, a number series, one organisation.

A misspelt one says nothing by itself and is found years later: papers kept ten years for thirty, numbers that begin
again at 1, a sender's folder that two organisations claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.text import folded_name, nfc
from pipeline.core.values import Organisation
from pipeline.kinds import Catalogue
from pipeline.numbering import SeriesBook
from pipeline.settings import FILE, Settings


def refuse_unknown_kinds(settings: Settings, kinds: Catalogue) -> None:
    """Raise ``ConfigurationError`` when ``[retention]`` names a kind that is not there."""
    known = {kind.id: kind.name for kind in kinds}
    strange = [name for name in settings.retention if name not in known]
    if strange:
        near = [*get_close_matches(strange[0], known, n=3), *(key for key, name in known.items() if name == strange[0])]
        raise ConfigurationError(
            _("retention.{name}：没有这个文种，检查拼写").format(name=strange[0]),
            where=str(settings.root / FILE),
            remedy=_("可以写的有：{names}").format(
                names=_("、").join(f"{key}（{known[key]}）" for key in near or sorted(known))
            ),
        )


def unknown_series(settings: Settings, kinds: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The series under ``[[series]]`` in which no kind of this office is numbered, each with those of like names."""
    known = SeriesBook.of(kinds, settings.issuer, settings.organisations).names
    strange = dict.fromkeys(nfc(one.series) for one in settings.series if nfc(one.series) not in known)
    return {name: tuple(get_close_matches(name, known, n=3, cutoff=0.3)) for name in strange}


def shared_words(organisations: Iterable[Organisation]) -> Mapping[str, tuple[str, ...]]:
    """The words (names, short names, synonyms) that mean more than one organisation, with their full names."""
    meant: dict[str, dict[str, str]] = {}
    for one in organisations:
        for word in (one.name, one.short_name, *one.synonyms):
            meant.setdefault(folded_name(word), {})[one.name] = word
    return {next(iter(words.values())): tuple(words) for words in meant.values() if len(words) > 1}
