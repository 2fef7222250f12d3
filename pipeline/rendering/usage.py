"""What one document took from the fonts: characters by face, substitutions, fallbacks, missing characters.

One collector lives for one document; it is filled while lines are set and read by the subsetter and the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.core.values import Fallback, Substitution


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it will be printed. ``face`` is a key of the book, ``advance`` is in em.

    ``pull`` (em, negative) draws the next character nearer, where the face named in the file is narrower than the one
    that prints.

    ``substitution`` says that the face named in the file is not here, ``fallback`` that its stand-in lacks the
    character, ``missing`` that every face lacks it.
    """

    face: str
    advance: float
    pull: float = 0.0
    substitution: Substitution | None = None
    fallback: Fallback | None = None
    missing: bool = False


@dataclass(slots=True)
class Usage:
    """The collector. Reading it gives sorted tuples, so that equal documents give equal reports."""

    _characters: dict[str, set[str]] = field(default_factory=dict)
    _substitutions: set[Substitution] = field(default_factory=set)
    _fallbacks: set[Fallback] = field(default_factory=set)
    _missing: set[str] = field(default_factory=set)
    _noted: dict[tuple[int, str], Glyph] = field(default_factory=dict, repr=False)

    def add(self, glyph: Glyph, character: str) -> None:
        """Note one printed character."""
        key = (id(glyph), character)
        if key in self._noted:
            return
        self._noted[key] = glyph  # which keeps it, so that no other gets its id
        self._characters.setdefault(glyph.face, set()).add(character)
        if glyph.substitution is not None:
            self._substitutions.add(glyph.substitution)
        if glyph.fallback is not None:
            self._fallbacks.add(glyph.fallback)
        if glyph.missing:
            self._missing.add(character)

    def reserve(self, face: str, characters: Iterable[str]) -> None:
        """Note characters that will be printed in a face later: the figures of a page number."""
        self._characters.setdefault(face, set()).update(characters)

    @property
    def characters(self) -> Mapping[str, str]:
        """Face key -> its characters in code point order."""
        return {face: "".join(sorted(used)) for face, used in sorted(self._characters.items())}

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Faces named in the file and not here."""
        return tuple(sorted(self._substitutions, key=lambda each: (each.wanted, each.used)))

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """Characters that fell out of their face."""
        return tuple(sorted(self._fallbacks, key=lambda each: (each.character, each.wanted, each.used)))

    @property
    def missing(self) -> str:
        """Characters no face has."""
        return "".join(sorted(self._missing))
