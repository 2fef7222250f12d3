"""What the doctor looks at before an office works: folders, register, kinds and templates, fonts, printing, clock.

Each examination says what it found in words, and what to do when it is not well. One that fails never hides the rest.
"""

from __future__ import annotations

import secrets
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.core.errors import GongwenError
from pipeline.core.filesystem import explained, network_kind
from pipeline.core.messages import _
from pipeline.intake.inbox import RECEIPTS, RETURNED
from pipeline.kinds import disagreements
from pipeline.merge.placeholders import placeholders
from pipeline.misnamed import shared_words, unknown_series
from pipeline.office import Office
from pipeline.settings import FILE
from pipeline.shares import refuse_another_inbox

_CLOCK_SLACK = 120.0
"""Seconds by which our clock and that of the drive may differ before dates of filing become doubtful."""

_PROBE = ".gongwen-probe-"

_BLANK = "××"
"""What the starter leaves to be filled in."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing the doctor looked at. ``remedy`` says what to do, or what to know; it may stand beside a good one."""

    what: str
    well: bool
    words: str
    remedy: str = ""


def examine(office: Office) -> Iterator[Examined]:
    """Everything, in the order in which it should be mended."""
    yield from _settings(office)
    yield from _folders(office)
    for what, look in (
        (_("文件夹的安排"), _arrangements),
        (_("登记簿"), _register),
        (_("文种和模板"), _kinds),
        (_("制度"), _rules),
        (_("字体"), _fonts),
        (_("印制"), _printing),
        (_("时钟"), _clock),
    ):
        yield from _examined(what, look, office)


def _examined(what: str, look: Callable[[Office], Iterator[Examined]], office: Office) -> Iterator[Examined]:
    """The examination, or the error that stopped it."""
    try:
        yield from look(office)
    except GongwenError as error:
        where = f"{error.where}{_('：')}" if error.where else ""
        yield Examined(what, False, f"{where}{error.what}", error.remedy)
    except OSError as error:
        where = f"{error.filename}{_('：')}" if error.filename else ""
        yield Examined(what, False, f"{where}{explained(error)}", _("按提示补装，或检查权限"))
    except ImportError as error:
        yield Examined(what, False, str(error), _("按提示补装，或检查权限"))


def _settings(office: Office) -> Iterator[Examined]:
    """A name of the starter that nobody filled in would be printed on papers."""
    settings = office.settings
    names = [settings.office.name, *(name for one in settings.organisations for name in (one.name, one.number_code))]
    left = [name for name in names if _BLANK in name]
    if left:
        yield Examined(FILE, False, "、".join(left), _("把 ×× 改成本单位的名称和机关代字"))


def _folders(office: Office) -> Iterator[Examined]:
    for what, folder in ((_("收件夹"), office.settings.inbox), (_("档案库"), office.settings.archive)):
        if not folder.is_dir():
            yield Examined(what, False, str(folder), _("没有这个文件夹；建一个，或检查共享盘是否连上"))
            continue
        probe = folder / f"{_PROBE}{secrets.token_hex(4)}"
        try:
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            yield Examined(what, False, str(folder), _("写不进去：{error}").format(error=explained(error)))
        else:
            yield Examined(what, True, str(folder))


def _arrangements(office: Office) -> Iterator[Examined]:
    """What is dangerous about where the folders lie and who may write in them."""
    what = _("文件夹的安排")
    settings = office.settings
    office.archive.check(settings.inbox)
    office.refuse_missing_archive()
    refuse_another_inbox(settings.inbox, settings.private)
    for folder in (settings.inbox / RETURNED, settings.inbox / RECEIPTS):
        if folder.is_symlink():
            yield Examined(what, False, _("{folder} 是链接").format(folder=folder), _("删掉这个链接"))
    for path in (settings.private, settings.root / "templates", settings.root / FILE):
        if path.exists() and path.stat().st_mode & stat.S_IWOTH:
            remedy = _("收回其他人的写权限：chmod o-w {path}").format(path=path)
            yield Examined(what, False, _("{path} 任何人都能改").format(path=path), remedy)
    kind = network_kind(settings.inbox)
    if kind:
        yield Examined(
            what,
            True,
            _("收件夹在共享盘上（{kind}），每 {seconds:.0f} 秒看一遍").format(
                kind=kind, seconds=settings.watch.interval_seconds
            ),
        )
    if settings.watch.subfolders:
        yield Examined(
            what,
            True,
            _("各单位自己的收件夹：{names}").format(
                names="、".join(box.name for box in office.mailboxes()[1:]) or _("还没有")
            ),
            _("文件夹的名称要与 gongwen.toml 里的单位名称、简称或别名一致；其余文件夹不看"),
        )
    yield Examined(what, True, _("收件夹与档案库互不包含，都不是链接"))


def _register(office: Office) -> Iterator[Examined]:
    papers = sum(holding.papers for holding in office.register.holdings())
    yield Examined(_("登记簿"), True, _("{count} 份文件").format(count=papers))
    unfinished = office.register.unfinished()
    if unfinished:
        names = "、".join(submission.name for submission in unfinished)
        yield Examined(_("登记簿"), True, _("上次中断，下次运行会接着做完：{names}").format(names=names))


def _kinds(office: Office) -> Iterator[Examined]:
    for kind in office.kinds:
        faults = disagreements(kind, placeholders(kind.template))
        if faults:
            yield Examined(str(kind.folder), False, "\n    ".join(faults), _("改模板或 kind.toml，直到两边一致"))
    yield Examined(_("文种和模板"), True, _("{count} 种").format(count=len(office.kinds)))
    yield from _names(office)


def _names(office: Office) -> Iterator[Examined]:
    """What gongwen.toml names and nobody knows, or what two are called by."""
    for series, near in unknown_series(office.settings, office.kinds).items():
        yield Examined(
            FILE,
            False,
            _("[[series]] 的“{series}”不是这里编的号，写的 start 不起作用").format(series=series),
            _("相近的有：{names}").format(names=_("、").join(near)) if near else _("改成机关代字，或删去这一段"),
        )
    for word, names in shared_words(office.settings.organisations).items():
        yield Examined(
            FILE,
            False,
            _("“{typed}”可以是几个组织：{names}").format(typed=word, names=_("、").join(names)),
            _("表里这样写的都会退回，以此命名的收件夹不看；改掉其中一个的 short_name 或 synonyms"),
        )


def _rules(office: Office) -> Iterator[Examined]:
    yield Examined(_("制度"), True, _("{count} 条").format(count=len(office.rules)))


def _fonts(office: Office) -> Iterator[Examined]:
    from pipeline.rendering import FontBook

    for folder in office.settings.font_folders:
        if not folder.is_dir():
            remedy = _("没有这个文件夹；建一个，或检查共享盘是否连上")
            yield Examined(_("字体"), False, f"[fonts] folders：{folder}", remedy)
    book = FontBook.open(office.settings.fonts.roles, office.settings.font_folders)
    for role in book.roles_report():
        names = " → ".join(name for name, _path in role.faces)
        if not role.faces:
            yield Examined(role.name, False, _("没有字体"), _("安装 {package}").format(package=role.package))
        else:
            note = "" if role.own else _("替代字体；有正版字体时写进 gongwen.toml 的 [fonts]")
            yield Examined(role.name, True, names, note)


def _printing(office: Office) -> Iterator[Examined]:
    """Print the blank form of a kind that has one, as far as the gate."""
    yield from _second_engine(office)
    form = next((kind for kind in office.kinds if kind.head.form), None)
    if form is None:
        return
    pages = office.press().print_blank(form).pages
    yield Examined(_("印制"), True, _("空白的{name}印出 {pages} 页，检查通过").format(name=form.name, pages=pages))


def _second_engine(office: Office) -> Iterator[Examined]:
    """Which kinds LibreOffice prints, whether it is there, and what it cannot do."""
    kinds = [kind.name for kind in office.kinds if (kind.engine or office.settings.printing.engine) == "libreoffice"]
    if not kinds:
        return
    from pipeline.rendering.libreoffice import LibreOffice

    version = LibreOffice.installed().version
    yield Examined(
        _("印制"),
        True,
        _("由 {engine} 印的：{kinds}").format(engine=version, kinds="、".join(kinds)),
        _("它印的 PDF 没有签名域，盖章处只有线框；版面要人看过"),
    )


def _clock(office: Office) -> Iterator[Examined]:
    folder: Path = office.settings.archive
    probe = folder / f"{_PROBE}{secrets.token_hex(4)}"
    probe.write_bytes(b"")
    try:
        there = datetime.fromtimestamp(probe.stat().st_mtime, UTC)
    finally:
        probe.unlink()
    apart = abs((datetime.now(UTC) - there).total_seconds())
    words = _("与档案库所在的盘相差 {seconds:.0f} 秒").format(seconds=apart)
    remedy = _("把这台机器的时间对准")
    yield Examined(_("时钟"), apart <= _CLOCK_SLACK, words, "" if apart <= _CLOCK_SLACK else remedy)
    last = office.register.last_moment() if office.register_path.is_file() else None
    if last is not None and (last - office.now()).total_seconds() > _CLOCK_SLACK:
        words = _("比登记簿里最后一条记录（{last}）还早；现在归档，归档时间就写错了").format(
            last=f"{last:%Y-%m-%d %H:%M}"
        )
        yield Examined(_("时钟"), False, words, remedy)
