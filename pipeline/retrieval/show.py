"""One paper with everything that is known of it: its data, its files, its history."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import digits
from typing import Protocol

from pipeline.core.archival import UNARRANGED
from pipeline.core.calendar import written
from pipeline.core.composition import PART_WORDS, Part
from pipeline.core.deeds import ARRANGED_METADATA, ORIGIN, RETENTION_WORDS, STATUS_WORDS, WORDS, Action, Status
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Copy, Standing
from pipeline.core.text import collapsed, nfc, on_one_line
from pipeline.core.values import Event, FiledFile, FiledPaper, Hit, IndexQuery
from pipeline.retrieval.find import MOST, number_as_written

ROLE_NAMES: Mapping[str, str] = {
    "pdf": "PDF",
    "docx": "Word 文件",
    "metadata": "元数据",
    "record": "归档记录",
    "original": "原件",
    "source": "来稿",
}
ACTION_NAMES: Mapping[str, str] = {
    "entered": "登记编号",
    "filed": "归档",
    "reindexed": "由档案重建登记",
    "taken-over": "接收",
    "replaced": "被更正",
}


class Papers(Protocol):
    """What knows the papers; the register fits."""

    def paper(self, paper: str) -> FiledPaper | None:
        """The paper with this id."""

    def search(self, query: IndexQuery) -> Iterable[Hit]:
        """The papers that fit, among them those whose number or 档号 is ``query.number``."""

    def events(self, paper: str) -> Iterable[Event]:
        """What happened to it, oldest first."""

    def standing(self, papers: Collection[str]) -> Mapping[str, Standing]:
        """What papers (ids) are after all deeds about them; who is not in it is as filed."""


@dataclass(frozen=True, slots=True)
class FileView:
    """One file of the paper; ``is_there`` says whether a file of the right size lies at ``path``."""

    role: str
    name: str
    path: Path
    file: FiledFile
    is_there: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper for the terminal and for programs."""

    paper: FiledPaper
    files: tuple[FileView, ...]
    events: tuple[Event, ...]
    stands: Standing = AS_FILED

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is known of the paper itself, as label and value; nothing that is empty."""
        paper = self.paper
        every = (
            (_("题名"), on_one_line(paper.title)),
            (_("文号"), paper.number),
            (_("文种"), paper.kind_name),
            (_("组织"), paper.organisation),
            (_("日期"), paper.date.isoformat()),
            (_("档号"), paper.archival_code or _(UNARRANGED)),
            (_("保管期限"), _retention(paper, self.stands)),
            (_("人名"), "、".join(paper.people)),
            (_("来件"), paper.source_name),
            (_("归档时间"), _clock(paper.filed_at)),
            (_("版次"), _version(paper)),
            (_("状态"), _status(paper, self.stands)),
            (_("上一版"), self.stands.replaces),
            (_("代替它的"), self.stands.replaced_by),
            (_("冻结"), _held(self.stands)),
            (_("编号"), paper.paper),
        )
        return tuple((label, value) for label, value in every if value)

    def history(self) -> tuple[tuple[str, str], ...]:
        """What happened to the paper, oldest first: when, and what in the words of the office."""
        return tuple((_clock(event.at), _happened(event)) for event in self.events)

    def as_json(self) -> dict[str, object]:
        """Keys in English, for ``--json``."""
        paper = self.paper
        return {
            "paper": paper.paper,
            "title": paper.title,
            "number": paper.number,
            "kind": paper.kind,
            "kind_name": paper.kind_name,
            "organisation": paper.organisation,
            "organisation_code": paper.organisation_code,
            "year": paper.year,
            "date": paper.date.isoformat(),
            "archival_code": paper.archival_code,
            "retention": paper.retention,
            "people": list(paper.people),
            "submission": paper.submission,
            "source_name": paper.source_name,
            "filed_at": paper.filed_at.isoformat(),
            "status": paper.status,
            "version": paper.version,
            "replaces": self.stands.replaces,
            "replaced_by": self.stands.replaced_by,
            "since": self.stands.since.isoformat() if self.stands.since else None,
            "held": self.stands.held is not None,
            "destroyed": self.stands.destroyed is not None,
            "transferred": self.stands.transferred is not None,
            "retention_now": self.stands.retention or paper.retention,
            "files": {
                view.role: {
                    "path": str(view.path),
                    "sha256": view.file.sha256,
                    "size": view.file.size,
                    "is_there": view.is_there,
                }
                for view in self.files
            },
            "history": [
                {
                    "at": event.at.isoformat(),
                    "action": event.action,
                    "actor": event.actor,
                    "details": event.details,
                }
                for event in self.events
            ],
        }


def show(wanted: str, papers: Papers, archive: Path) -> PaperView:
    """The paper that ``wanted`` names: its id, its number as people type it, or its 档号.

    Raises ``AnswerIsNo`` when there is none, or when it names several (each organisation has its 第3期).
    """
    typed = collapsed(nfc(wanted))
    if not typed:
        raise AnswerIsNo(_("没有说要看哪一件公文"), remedy=_("请写文号、档号或公文编号"))
    known = papers.paper(typed)
    found = [known] if known else _numbered(number_as_written(typed), papers)
    if not found:
        raise AnswerIsNo(
            _("登记簿里没有“{wanted}”").format(wanted=typed),
            remedy=_("请用文号、档号或公文编号；不知道时用 gongwen find 查找"),
        )
    if len(found) > 1:
        each = [_("{paper}（{organisation}，{title}）").format_map(_words(paper)) for paper in found]
        raise AnswerIsNo(
            _("“{wanted}”有 {count} 件").format(wanted=typed, count=len(found)),
            remedy=_("请用公文编号：{each}").format(each=_("；").join(each)),
        )
    one = found[0]
    stands = papers.standing([one.paper]).get(one.paper, AS_FILED)
    return PaperView(one, tuple(_views(one, stands, archive)), tuple(papers.events(one.paper)), stands)


def _clock(moment: datetime) -> str:
    """As a clock on the wall of the office shows it; the zone is for programs."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _numbered(number: str, papers: Papers) -> list[FiledPaper]:
    """The papers with exactly this number or 档号."""
    hits = papers.search(IndexQuery(number=number, limit=MOST))
    found = [hit.paper for hit in hits if number in {hit.paper.number, hit.paper.archival_code}]
    exact = [paper for paper in found if paper.archival_code == number]
    return exact or [paper for paper in found if paper.status != Status.REPLACED]


def _words(paper: FiledPaper) -> Mapping[str, str]:
    return {"paper": paper.paper, "organisation": paper.organisation, "title": on_one_line(paper.title)}


def _views(paper: FiledPaper, stands: Standing, archive: Path) -> Iterable[FileView]:
    """Its own files, then what deeds put beside it (role ``scan-17``: the deed's number tells one from another), in the
    order of the 件."""
    own = sorted(paper.files.items(), key=lambda item: _order(item[0]))
    every = [(role, _role_name(role), file) for role, file in own]
    every += [(f"{one.role}-{one.deed.seq}", _called(one), one.file) for one in stands.composed]
    for role, name, file in every:
        path = archive / file.path
        is_there = path.is_file() and path.stat().st_size == file.size
        yield FileView(role, name, path, file, is_there)


def _called(copy: Copy) -> str:
    """定稿, 盖章件: ``Copy.called`` in the language of the terminal."""
    match copy.deed.action:
        case Action.ATTACH:
            return _(PART_WORDS[Part(copy.role)])
        case Action.ARRANGE:
            return _(ARRANGED_METADATA)
    return _(WORDS[copy.deed.action])


def _retention(paper: FiledPaper, stands: Standing) -> str:
    filed = _(RETENTION_WORDS.get(paper.retention, paper.retention))
    if not stands.retention:
        return filed
    return _("{now}（归档时 {filed}，经鉴定改）").format(now=_(RETENTION_WORDS[stands.retention]), filed=filed)


def _version(paper: FiledPaper) -> str:
    """第2版（更正：…）; nothing for a paper that was never corrected."""
    if paper.version == 1:
        return ""
    reason = f"{_('：')}{paper.correction}" if paper.correction else ""
    return _("第{version}版{reason}").format(version=paper.version, reason=reason)


def _status(paper: FiledPaper, stands: Standing) -> str:
    """有效, 已撤销, 已废止（自2020年5月1日起）; of a destroyed paper the day, after what it was if not valid."""
    word = _(STATUS_WORDS[Status(paper.status)])
    if paper.status == Status.REPEALED and stands.since is not None:
        word = _("{word}（自{day}起）").format(word=word, day=written(stands.since))
    if stands.destroyed is None:
        return word
    gone = _("已销毁（{day}）").format(day=written(stands.destroyed.at.date()))
    return gone if paper.status == Status.VALID else f"{word}{_('，')}{gone}"


def _held(stands: Standing) -> str:
    if stands.held is None:
        return ""
    return _("{reason}（{by}，{day}）").format(
        reason=stands.held.reason, by=stands.held.by, day=written(stands.held.at.date())
    )


def _happened(event: Event) -> str:
    """``撤销：重复发文（王秘书）``: what, and for a deed why and by whom."""
    if event.action not in set(Action):
        return _(ACTION_NAMES.get(event.action, event.action))
    told = json.loads(event.details)
    people = _("、").join((event.actor, *told.get("also", ())))
    what = _(WORDS[Action(event.action)])
    reason = f"{_('：')}{told['reason']}" if told.get("reason") else ""
    if origin := told.get("details", {}).get(ORIGIN):
        people = f"{people}{_('；')}{_('随“{set}”接收').format(set=origin)}"
    return _("{what}{reason}（{people}）").format(what=what, reason=reason, people=people)


def _role_name(role: str) -> str:
    """``original2`` is 原件 as well."""
    plain = role.rstrip(digits)
    return _(ROLE_NAMES[plain]) if plain in ROLE_NAMES else role


def _order(role: str) -> tuple[int, str]:
    """The roles in the order of their names' table, unknown ones last."""
    known = list(ROLE_NAMES)
    plain = role.rstrip(digits)
    return (known.index(plain) if plain in known else len(known)), role
