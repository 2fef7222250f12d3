"""From the face named in a Word file to the face that prints, character by character.

The name gives a role, the role a chain of faces (``roles``); the first face of the chain that has a character prints
it. Nothing is substituted in silence: every glyph knows the face that was wanted, and ``usage.Usage`` collects it.
A ``FontBook`` is cheap to make and keeps what it opened; it lives as long as its process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.core.values import Fallback, Substitution
from pipeline.rendering.faces import Face, FileFace
from pipeline.rendering.installed import SYSTEM_FOLDERS, InstalledFace, folded_name, read_faces, scan
from pipeline.rendering.metrics import FIGURE_PULL, FIGURE_WIDTH, LineMetrics, has_half_width_figures, named_metrics
from pipeline.rendering.model import TextStyle
from pipeline.rendering.roles import CHINESE, PACKAGES, ROLES, Role, role_of
from pipeline.rendering.subset import FontFile
from pipeline.rendering.symbols import SymbolFace
from pipeline.rendering.usage import Glyph, Usage

_FIGURES = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class RoleReport:
    """For ``doctor``: the faces a role prints with, best first, and the stand-ins that are not installed.

    ``own`` says that the first face is the office's own and not a stand-in.
    """

    role: str
    name: str
    faces: tuple[tuple[str, Path], ...]
    own: bool
    missing: tuple[str, ...]
    package: str


@dataclass(frozen=True, slots=True)
class _Chain:
    """The faces for one name in one weight and slant; ``substitution`` when the first is not the one named.

    ``half_width_figures``: the named face has them, but it is not the one that prints.
    """

    faces: tuple[Face, ...]
    substitution: Substitution | None
    half_width_figures: bool


class FontBook:
    """All faces of an office. Use ``open``."""

    def __init__(
        self,
        installed: Iterable[InstalledFace],
        preferred: Mapping[str, tuple[str, ...]],
        folders: tuple[Path, ...] = (),
    ) -> None:
        self.folders = folders
        self._by_name: dict[str, list[InstalledFace]] = {}
        for face in installed:
            for name in face.names:
                self._by_name.setdefault(name, []).append(face)
        self._preferred = preferred
        self._chains: dict[tuple[str, bool, bool, bool], _Chain] = {}
        self._glyphs: dict[tuple[str, str, bool, bool, bool, str], Glyph] = {}
        self._metrics: dict[tuple[str, float, bool], LineMetrics] = {}
        self._faces: dict[str, Face] = {}
        self._symbols = self._kept(SymbolFace())

    @classmethod
    def open(cls, roles: Mapping[str, tuple[str, ...]] | None = None, folders: Iterable[Path] = ()) -> FontBook:
        """The faces in ``folders`` and of the system. ``roles`` names preferred faces or font files by role.

        Raises ``ConfigurationError`` for an unknown role and for a preferred font file that cannot be read.
        """
        roles = roles or {}
        folders = tuple(folders)
        found, _unreadable = scan((*folders, *SYSTEM_FOLDERS))
        preferred: dict[str, tuple[str, ...]] = {}
        named_files: list[InstalledFace] = []
        for role, names in roles.items():
            if role not in ROLES:
                raise ConfigurationError(_("没有这种字体角色：{role}").format(role=role), where="[fonts]")
            preferred[role] = tuple(_face_name(name, role, folders, named_files) for name in names)
        return cls((*named_files, *found), preferred, folders)

    def glyph(self, style: TextStyle, character: str, *, east_asian: bool) -> Glyph:
        """How a character of a run prints. ``east_asian`` says which of the run's two faces it asks for.

        A Latin face without the character yields to the run's East Asian face, as in Word (①, Ω); that is no
        fallback. Raises ``ConfigurationError`` when a role has no font at all.
        """
        key = (style.east_asian, style.latin, style.bold, style.italic, east_asian, character)
        known = self._glyphs.get(key)
        if known is None:
            known = self._glyphs[key] = self._look_up(style, character, east_asian)
        return known

    def line_metrics(self, style: TextStyle, *, east_asian: bool = True) -> LineMetrics:
        """Word's metrics of the named face at the run's size, in points."""
        name = style.east_asian if east_asian else style.latin
        key = (name, style.size, east_asian)
        known = self._metrics.get(key)
        if known is None:
            known = self._metrics[key] = named_metrics(name, east_asian=east_asian).scaled(style.size)
        return known

    def subset(self, usage: Usage) -> tuple[FontFile, ...]:
        """A font file for each face a document used, with just its characters."""
        return tuple(_font_file(self._faces[key], characters) for key, characters in usage.characters.items())

    def names(self, usage: Usage) -> tuple[str, ...]:
        """The full names of the faces a document used."""
        return tuple(sorted({self._faces[key].full_name for key in usage.characters}))

    def face(self, name: str) -> InstalledFace | None:
        """The installed face of this name, None where there is none."""
        return next(iter(self._find(name)), None)

    def roles_report(self) -> tuple[RoleReport, ...]:
        """What each role prints with on this machine, whether or not a document asks for it."""
        reports = []
        for role in ROLES.values():
            own = self._own(role)
            stand_ins = self._stand_ins(role)
            reports.append(
                RoleReport(
                    role=role.id,
                    name=role.name,
                    faces=tuple((face.full_name, face.path) for face in (*own, *stand_ins)),
                    own=bool(own),
                    missing=tuple(name for name in role.stand_ins if folded_name(name) not in self._by_name),
                    package=role.package,
                )
            )
        return tuple(reports)

    # ----------------------------------------------------------------------- inside

    def _look_up(self, style: TextStyle, character: str, east_asian: bool) -> Glyph:
        chains = [self._chain(style.east_asian, style, True), self._chain(style.latin, style, False)]
        if not east_asian:
            chains.reverse()
        asked, other = chains
        wanted = asked.faces[0]
        rest = (asked, other) if east_asian else (other, asked)  # a Latin chain ends in Chinese faces of its own
        tries = ((face, chain) for chain in rest for face in chain.faces)
        for face, chain in ((wanted, asked), (self._symbols, asked), *tries):
            if face.covers(character):
                expected = face is wanted or (chain is other and not east_asian and face is other.faces[0])
                fallback = None if expected else Fallback(character, wanted.full_name, face.full_name)
                advance = face.advance(character)
                narrow = asked.half_width_figures and character in _FIGURES
                pull = min(0.0, FIGURE_WIDTH - advance) if narrow and advance - FIGURE_WIDTH <= FIGURE_PULL else 0.0
                return Glyph(face.key, advance, pull, chain.substitution, fallback)
        return Glyph(wanted.key, 1.0, 0.0, asked.substitution, missing=True)

    def _chain(self, name: str, style: TextStyle, east_asian: bool) -> _Chain:
        key = (name, style.bold, style.italic, east_asian)
        chain = self._chains.get(key)
        if chain is None:
            chain = self._chains[key] = self._new_chain(name, style.bold, style.italic, east_asian)
        return chain

    def _new_chain(self, name: str, bold: bool, italic: bool, east_asian: bool) -> _Chain:
        role = role_of(name, east_asian=east_asian)
        installed = list(dict.fromkeys((*self._find(name), *self._own(role), *self._stand_ins(role))))
        if not installed:
            raise ConfigurationError(
                _("没有能打印{role}的字体").format(role=role.name),
                where=_("字体“{name}”").format(name=name),
                remedy=_("请安装字体：apt-get install --no-install-recommends {packages}").format(
                    packages=" ".join(PACKAGES)
                ),
            )
        faces = tuple(self._kept(self._in_style(face, bold, italic)) for face in installed)
        if folded_name(name) in installed[0].names:
            return _Chain(faces, None, False)
        narrow = role.id in CHINESE and has_half_width_figures(name)
        return _Chain(faces, Substitution(name, faces[0].full_name), narrow)

    def _own(self, role: Role) -> list[InstalledFace]:
        """The faces the office prefers for a role or owns under one of its known names."""
        names = (*self._preferred.get(role.id, ()), *role.office)
        return [face for name in names for face in self._find(name)]

    def _stand_ins(self, role: Role) -> list[InstalledFace]:
        return [face for name in role.stand_ins for face in self._find(name)]

    def _find(self, name: str) -> list[InstalledFace]:
        """The face of a name, the plainest where a family answers to it; empty when there is none."""
        answering = self._by_name.get(folded_name(name), [])
        return sorted(answering, key=lambda face: face.bold + face.italic)[:1]

    def _in_style(self, face: InstalledFace, bold: bool, italic: bool) -> FileFace:
        """The bold or italic sister of a face where there is one; what is lacking is drawn."""
        bold, italic = bold or face.bold, italic or face.italic
        family = self._by_name.get(folded_name(face.family), [])
        for wanted in ((bold, italic), (bold, face.italic)):
            for sister in family:
                if (sister.bold, sister.italic) == wanted and sister.family == face.family:
                    return FileFace(sister, bold=bold, italic=italic)
        return FileFace(face, bold=bold, italic=italic)

    def _kept(self, face: Face) -> Face:
        """The one face of a key."""
        return self._faces.setdefault(face.key, face)


@lru_cache(maxsize=32)
def _font_file(face: Face, characters: str) -> FontFile:
    """Kept for the next papers: those of a template have the same labels in the same face."""
    return FontFile(face.key, face.subset(characters), characters, face.slanted)


def _face_name(name: str, role: str, folders: tuple[Path, ...], files: list[InstalledFace]) -> str:
    """A preferred face's name; for a font file, the name of its first face, which joins ``files``."""
    if Path(name).suffix.lower() not in (".ttf", ".otf", ".ttc"):
        return name
    for path in (Path(name), *(folder / name for folder in folders)):
        if path.is_file():
            try:
                face = read_faces(path)[0]
            except (OSError, ValueError) as error:
                raise ConfigurationError(
                    _("读不了这个字体文件：{file}").format(file=name), where=f"[fonts] {role}"
                ) from error
            files.append(face)
            return face.postscript
    raise ConfigurationError(
        _("找不到这个字体文件：{file}").format(file=name),
        where=f"[fonts] {role}",
        remedy=_("请改正文件名，或把字体放进 fonts 文件夹。"),
    )
