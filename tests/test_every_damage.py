"""Every kind of damage that can be done to an office's archive and register, and the remark that must name it.

One office is filled once: a notice, six forms, a void number, a sealed paper, a withdrawn one, and the witnesses of two
days. Each damage is done to a copy of it. What verify says besides is its own affair; the remark of the table must be
among the rest, at its path.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import deedbook, numberbook
from pipeline.core.deeds import Action
from pipeline.deedbook import NewFile, On, Why
from pipeline.filing.manifest import NAME as MANIFEST
from pipeline.office import Office
from pipeline.register.chain import NOTHING, link
from pipeline.retrieval import Damage, Note
from pipeline.rounds import run_once
from tests.offices import FORMS, NOTICE, drop, make_office, verified

WHY = Why("试验", "王秘书")
FIFTY = "铜王组发〔2020〕50号"


@dataclass(frozen=True, slots=True)
class Kept:
    """The filled office, and as it was at the end of its first day."""

    root: Path
    first_day: Path


def day(office: Office, days: int) -> None:
    vars(office)["now"] = lambda: datetime.now().astimezone() + timedelta(days=days)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    root = folder / "office"
    with make_office(root) as office, office.writing("run"):
        drop(office, NOTICE)
        drop(office, FORMS)
        list(run_once(office, lambda *_counts: None))
    shutil.copytree(root, folder / "first day")
    with make_office(root) as office:
        day(office, 1)
        with office.writing("deeds"):
            numberbook.void(office, "铜王组发〔2020〕51号", 2020, WHY)
            papers = list(office.register.papers())
            scan = NewFile("盖章件", ".pdf", b"%PDF with a seal")
            notice = next(paper for paper in papers if paper.number == FIFTY)
            deedbook.do(office, Action.SEALED, [On(notice, {"seal": "党委印章"}, {"scan": scan})], WHY)
            form = next(paper for paper in papers if not paper.number)
            deedbook.do(office, Action.WITHDRAW, [On(form)], WHY)
            deedbook.do(office, Action.HOLD, [On(notice)], WHY)
        assert verified(office).is_sound
    return Kept(root, folder / "first day")


class Spoiler:
    """One copy of the office, to be damaged; its paths are found by a part of their name."""

    def __init__(self, root: Path, first_day: Path) -> None:
        self.root = root
        self.archive = root / "archive"
        self.first_day = first_day

    def one(self, pattern: str) -> Path:
        """The first file of the archive that fits."""
        return min(path for path in self.archive.glob(pattern) if path.is_file())

    def at(self, path: Path) -> str:
        return path.relative_to(self.archive).as_posix()

    def notice(self, suffix: str) -> Path:
        return next(path for path in sorted(self.archive.glob(f"2020/*/*50号*{suffix}")) if "盖章件" not in path.name)

    def sql(self, *statements: str) -> None:
        """Somebody with a database editor: no trigger stands in his way."""
        with closing(sqlite3.connect(self.root / ".gongwen" / "register.db")) as connection:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def forget_deed(self, seq: int) -> None:
        """Take a deed out of the register."""
        tables = (("deed_line", "deed"), ("deed_file", "deed"), ("deed", "seq"))
        self.sql(*(f"DELETE FROM {table} WHERE {column} = {seq}" for table, column in tables))

    def relink(self, statement: str) -> None:
        """The same, and every link of the history computed anew."""
        self.sql(statement)
        with closing(sqlite3.connect(self.root / ".gongwen" / "register.db")) as connection:
            connection.row_factory = sqlite3.Row
            last = NOTHING
            for row in connection.execute("SELECT * FROM event ORDER BY seq").fetchall():
                last = link(last, {**dict(row), "details": json.loads(row["details"])})
                connection.execute("UPDATE event SET link = ? WHERE seq = ?", (last, row["seq"]))
            connection.commit()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def unlist(manifest: Path, name: str) -> None:
    """Take the lines with this name off a manifest."""
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if name not in line), encoding="utf-8")


Expected = tuple[Damage | Note, str]
Blow = Callable[[Spoiler], Expected]
BLOWS: dict[str, Blow] = {}


def blow(what: str) -> Callable[[Blow], Blow]:
    def keep(one: Blow) -> Blow:
        BLOWS[what] = one
        return one

    return keep


# --------------------------------------------------------------------------- files


@blow("one byte of a PDF is flipped")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    content = path.read_bytes()
    path.write_bytes(content[:5] + bytes([content[5] ^ 1]) + content[6:])
    return Damage.CHANGED, on.at(path)


@blow("a Word file is cut off")
def _(on: Spoiler) -> Expected:
    path = on.notice(".docx")
    path.write_bytes(path.read_bytes()[:-3])
    return Damage.CHANGED, on.at(path)


@blow("a PDF is emptied")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    path.write_bytes(b"")
    return Damage.CHANGED, on.at(path)


@blow("two papers' PDFs are swapped")
def _(on: Spoiler) -> Expected:
    one, other = sorted(on.archive.glob("2020/*/*登记表*.pdf"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    return Damage.CHANGED, on.at(other)


@blow("a file is renamed in case only")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    path.rename(path.with_suffix(".PDF"))
    return Damage.MOVED, on.at(path)


@blow("a file is renamed to another composition of its characters")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    twin = path.with_name(unicodedata.normalize("NFD", path.name.replace("铜", "é铜")))
    path.rename(twin)
    return Damage.MOVED, on.at(path)


@blow("a PDF is moved into the folder of another organisation")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    elsewhere = next(one for one in path.parent.parent.iterdir() if one != path.parent)
    path.rename(elsewhere / path.name)
    return Damage.MOVED, on.at(path)


@blow("the sender's original is removed")
def _(on: Spoiler) -> Expected:
    path = on.one("2020/*/来稿/*")
    path.unlink()
    return Damage.MISSING, on.at(path)


@blow("a whole folder is removed")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    shutil.rmtree(path.parent)
    return Damage.MISSING, on.at(path)


@blow("a stranger is added")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf").with_name("说明.txt")
    path.write_text("x")
    return Damage.UNKNOWN, on.at(path)


@blow("a second copy of a PDF is added")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf").with_name("副本.pdf")
    shutil.copyfile(on.notice(".pdf"), path)
    return Damage.UNKNOWN, on.at(path)


@blow("a link to its like stands in place of a PDF")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    shutil.move(path, on.root / "elsewhere.pdf")
    path.symlink_to(on.root / "elsewhere.pdf")
    return Damage.ODD, on.at(path)


@blow("a folder stands in place of a PDF")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf")
    path.unlink()
    path.mkdir()
    return Damage.MISSING, on.at(path)


@blow("a record is edited")
def _(on: Spoiler) -> Expected:
    path = on.notice(".json")
    edit(path, "兼职委员", "专职委员")
    return Damage.CHANGED, on.at(path)


@blow("a record is no record any more")
def _(on: Spoiler) -> Expected:
    path = on.notice(".json")
    path.write_text("{}")
    return Damage.CHANGED, on.at(path)


@blow("the metadata are edited")
def _(on: Spoiler) -> Expected:
    path = on.notice(".xml")
    edit(path, "兼职委员", "专职委员")
    return Damage.CHANGED, on.at(path)


@blow("a sealed copy is removed")
def _(on: Spoiler) -> Expected:
    path = on.one("2020/*/*盖章件*.pdf")
    path.unlink()
    return Damage.MISSING, on.at(path)


@blow("a sealed copy is changed")
def _(on: Spoiler) -> Expected:
    path = on.one("2020/*/*盖章件*.pdf")
    path.write_bytes(b"%PDF with a Seal")
    return Damage.CHANGED, on.at(path)


@blow("an old copy of a folder is restored")
def _(on: Spoiler) -> Expected:
    folder, sealed = on.notice(".pdf").parent, on.one("2020/*/*盖章件*.pdf")
    shutil.rmtree(folder)
    shutil.copytree(on.first_day / folder.relative_to(on.root), folder)
    return Damage.MISSING, on.at(sealed)


# --------------------------------------------------------------------------- manifests and witnesses


@blow("a digest in a manifest is edited")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf").with_name(MANIFEST)
    digest = path.read_text()[:64]
    edit(path, digest, digest[::-1])
    return Damage.MANIFEST, on.at(path)


@blow("a line of a manifest is removed")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf").with_name(MANIFEST)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    return Damage.MANIFEST, on.at(path)


@blow("a manifest is removed")
def _(on: Spoiler) -> Expected:
    path = on.notice(".pdf").with_name(MANIFEST)
    path.unlink()
    return Damage.MANIFEST, on.at(path)


@blow("the manifest of the book of deeds is removed")
def _(on: Spoiler) -> Expected:
    path = on.one(f"办理簿/*/{MANIFEST}")
    path.unlink()
    return Damage.MANIFEST, on.at(path)


@blow("the last day's witness is deleted")
def _(on: Spoiler) -> Expected:
    path = max(on.archive.glob("登记校验/*/*.txt"))
    path.unlink()
    return Note.NO_WITNESS, on.at(path)


@blow("an earlier day's witness is deleted")
def _(on: Spoiler) -> Expected:
    path = on.one("登记校验/*/*.txt")
    path.unlink()
    return Note.NO_WITNESS, on.at(path)


@blow("every witness is deleted")
def _(on: Spoiler) -> Expected:
    shutil.rmtree(on.archive / "登记校验")
    return Note.NO_WITNESS, "登记簿"


@blow("a witness is edited")
def _(on: Spoiler) -> Expected:
    path = on.one("登记校验/*/*.txt")
    edit(path, "link=", "link=0")
    return Damage.HISTORY, on.at(path)


# --------------------------------------------------------------------------- the register


def _row(column: str, value: str, what: Damage = Damage.DISAGREES) -> Blow:
    def strike(on: Spoiler) -> Expected:
        on.sql(f"UPDATE paper SET {column} = '{value}' WHERE number = '{FIFTY}'")
        return what, on.at(on.notice(".json"))

    return strike


for _column, _value in (
    ("title", "另一个题名"),
    ("number", "铜王组发〔2020〕5号"),
    ("retention", "D10"),
    ("date", "2020-01-01"),
    ("archival_code", "D001-WS·2020-Y-ZZB-0001"),
    ("content", "0"),
    ("data", "[]"),
    ("filed_at", "2020-01-01T00:00:00+08:00"),
    ("pages", "9"),
    ("organisation", "别的组织"),
):
    BLOWS[f"the register's {_column} is edited"] = _row(_column, _value)


@blow("the register's status is edited")
def _(on: Spoiler) -> Expected:
    on.sql(f"UPDATE paper SET status = 'repealed' WHERE number = '{FIFTY}'")
    return Damage.DISAGREES, on.at(on.notice(".json"))


@blow("the register makes a withdrawn paper valid again")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE paper SET status = 'valid' WHERE status = 'withdrawn'")
    return Damage.DISAGREES, "登记表"


@blow("the text that is searched is edited")
def _(on: Spoiler) -> Expected:
    on.sql(f"UPDATE paper SET text = '别的话' WHERE number = '{FIFTY}'")
    return Damage.DISAGREES, on.at(on.notice(".json"))


@blow("a name in the register is edited")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE person SET name = '别人' WHERE rowid = (SELECT min(rowid) FROM person)")
    return Damage.DISAGREES, ".json"


@blow("a digest in the register is edited")
def _(on: Spoiler) -> Expected:
    on.sql(f"UPDATE file SET sha256 = '{'0' * 64}' WHERE role = 'pdf' AND path LIKE '%50号%'")
    return Damage.CHANGED, on.at(on.notice(".pdf"))


@blow("a size in the register is edited")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE file SET size = 1 WHERE role = 'pdf' AND path LIKE '%50号%'")
    return Damage.CHANGED, on.at(on.notice(".pdf"))


@blow("a path in the register is edited")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE file SET path = '2020/别处.pdf' WHERE role = 'pdf' AND path LIKE '%50号%'")
    return Damage.MOVED, "2020/别处.pdf"


@blow("a file's row is removed")
def _(on: Spoiler) -> Expected:
    on.sql("DELETE FROM file WHERE role = 'docx' AND path LIKE '%50号%'")
    return Damage.UNKNOWN, on.at(on.notice(".docx"))


@blow("a paper's row is removed")
def _(on: Spoiler) -> Expected:
    paper = f"SELECT key FROM paper WHERE number = '{FIFTY}'"
    on.sql(
        f"DELETE FROM file WHERE paper_key = ({paper})",
        f"DELETE FROM person WHERE paper_key = ({paper})",
        f"DELETE FROM paper WHERE number = '{FIFTY}'",
    )
    return Damage.UNINDEXED, on.at(on.notice(".json"))


@blow("a paper's row is added, with files that are there already")
def _(on: Spoiler) -> Expected:
    with closing(sqlite3.connect(on.root / ".gongwen" / "register.db")) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(paper)")]
    values = {
        "key": "key + 1",
        "id": "'ffffffffffffffff'",
        "identity": "'f'",
        "number": "'铜王组发〔2020〕49号'",
        "n": "49",
        "piece": "piece + 1000",
        "archival_code": "archival_code || '9'",
    }
    taken = ", ".join(values.get(name, name) for name in names)
    on.sql(f"INSERT INTO paper SELECT {taken} FROM paper WHERE number = '{FIFTY}'")
    return Damage.DISAGREES, "铜王组发〔2020〕49号"


@blow("a number of the ledger is freed")
def _(on: Spoiler) -> Expected:
    on.sql("DELETE FROM number WHERE n = 50")
    return Damage.DISAGREES, FIFTY


@blow("a void number of the ledger is made a reserved one")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE number SET state = 'reserved' WHERE n = 51")
    return Damage.DISAGREES, "铜王组发〔2020〕51号"


@blow("a number of the ledger is put on another paper")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE number SET paper = (SELECT id FROM paper WHERE number = '' LIMIT 1) WHERE n = 50")
    return Damage.DISAGREES, FIFTY


@blow("a number is put into the ledger")
def _(on: Spoiler) -> Expected:
    on.sql(
        "INSERT INTO number (series, year, n, text, names_issuer, state, actor, at) "
        "SELECT series, year, 77, '铜王组发〔2020〕77号', 1, 'void', actor, at FROM number WHERE n = 50"
    )
    return Damage.DISAGREES, "铜王组发〔2020〕77号"


@blow("an act is removed from the register")
def _(on: Spoiler) -> Expected:
    on.sql("DELETE FROM act_line", "DELETE FROM act_file", "DELETE FROM act")
    return Damage.UNINDEXED, "号簿/"


# --------------------------------------------------------------------------- acts and deeds


@blow("the record of an act is removed")
def _(on: Spoiler) -> Expected:
    path = on.one("号簿/*/*.json")
    path.unlink()
    return Damage.MISSING, on.at(path)


@blow("the record of a deed is edited")
def _(on: Spoiler) -> Expected:
    path = on.one("办理簿/*/00002*.json")
    edit(path, "王秘书", "李秘书")
    return Damage.CHANGED, on.at(path)


@blow("the record of a deed is removed")
def _(on: Spoiler) -> Expected:
    path = on.one("办理簿/*/00002*.json")
    path.unlink()
    return Damage.MISSING, on.at(path)


@blow("a deed is removed everywhere, files and rows")
def _(on: Spoiler) -> Expected:
    path = on.one("办理簿/*/00002*.json")
    path.unlink()
    on.sql(
        *(f"DELETE FROM {table} WHERE deed = 2" for table in ("deed_line", "deed_file")),
        "DELETE FROM deed WHERE seq = 2",
    )
    return Damage.DISAGREES, "办理簿"


@blow("the last deed is removed everywhere, files, rows and manifest")
def _(on: Spoiler) -> Expected:
    path = on.one("办理簿/*/00003*.json")
    manifest = path.with_name(MANIFEST)
    manifest.write_text(
        "".join(line for line in manifest.read_text().splitlines(keepends=True) if path.name not in line)
    )
    path.unlink()
    on.sql(
        *(f"DELETE FROM {table} WHERE deed = 3" for table in ("deed_line", "deed_file")),
        "DELETE FROM deed WHERE seq = 3",
    )
    return Damage.DISAGREES, "办理簿"


@blow("a paper is removed everywhere, files, rows and manifest")
def _(on: Spoiler) -> Expected:
    path = max(on.archive.glob("2020/*/*登记表*.pdf"))
    stem = path.name.removesuffix(".pdf")
    manifest = path.with_name(MANIFEST)
    unlist(manifest, stem)
    for suffix in (".pdf", ".docx", ".xml", ".json"):
        path.with_suffix(suffix).unlink()
    on.sql(
        f"CREATE TEMP TABLE gone AS SELECT paper_key AS key FROM file WHERE path = '{on.at(path)}'",
        "DELETE FROM person WHERE paper_key IN (SELECT key FROM gone)",
        "DELETE FROM file WHERE paper_key IN (SELECT key FROM gone)",
        "DELETE FROM paper WHERE key IN (SELECT key FROM gone)",
    )
    return Damage.HISTORY, "登记簿"


@blow("a deed is put in")
def _(on: Spoiler) -> Expected:
    path = on.one("办理簿/*/00002*.json")
    twin = path.with_name(path.name.replace("00002", "00004"))
    shutil.copyfile(path, twin)
    return Damage.UNKNOWN, on.at(twin)


@blow("a deed is edited in the register")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE deed SET reason = '别的原因' WHERE seq = 2")
    return Damage.DISAGREES, on.at(on.one("办理簿/*/00002*.json"))


@blow("a deed is removed from the register")
def _(on: Spoiler) -> Expected:
    on.sql(
        "DELETE FROM deed_line WHERE deed = 2", "DELETE FROM deed_file WHERE deed = 2", "DELETE FROM deed WHERE seq = 2"
    )
    return Damage.UNINDEXED, on.at(on.one("办理簿/*/00002*.json"))


# --------------------------------------------------------------------------- the history


@blow("an event is edited")
def _(on: Spoiler) -> Expected:
    on.sql("UPDATE event SET actor = 'nobody' WHERE seq = 2")
    return Damage.HISTORY, "登记簿"


@blow("an event is removed")
def _(on: Spoiler) -> Expected:
    on.sql("DELETE FROM event WHERE seq = 2")
    return Damage.HISTORY, "登记簿"


@blow("the last event is removed")
def _(on: Spoiler) -> Expected:
    on.sql("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    return Damage.HISTORY, "登记校验/"


@blow("an event is put in")
def _(on: Spoiler) -> Expected:
    on.sql(
        "UPDATE event SET seq = -seq WHERE seq > 2",
        "UPDATE event SET seq = 1 - seq WHERE seq < 0",
        "INSERT INTO event (seq, at, paper, action, actor, details, link) "
        "SELECT 3, at, paper, action, actor, details, link FROM event WHERE seq = 2",
    )
    return Damage.HISTORY, "登记簿"


@blow("an event is edited and the chain computed anew")
def _(on: Spoiler) -> Expected:
    on.relink("UPDATE event SET actor = 'nobody' WHERE seq = 2")
    return Damage.HISTORY, "登记校验/"


@blow("an old backup of the register is restored")
def _(on: Spoiler) -> Expected:
    shutil.rmtree(on.root / ".gongwen")
    shutil.copytree(on.first_day / ".gongwen", on.root / ".gongwen")
    return Damage.HISTORY, "登记校验/"


@blow("an old backup of everything but one witness is restored")
def _(on: Spoiler) -> Expected:
    witness = max(on.archive.glob("登记校验/*/*.txt"))
    content = witness.read_bytes()
    for name in (".gongwen", "archive"):
        shutil.rmtree(on.root / name)
        shutil.copytree(on.first_day / name, on.root / name)
    witness.write_bytes(content)
    return Damage.HISTORY, on.at(witness)


@pytest.fixture
def spoiler(kept: Kept, tmp_path: Path) -> Iterator[Spoiler]:
    yield Spoiler(shutil.copytree(kept.root, tmp_path / "office", symlinks=True), kept.first_day)


@pytest.mark.parametrize("what", BLOWS)
def test_it_is_found_and_named(what: str, spoiler: Spoiler) -> None:
    expected, where = BLOWS[what](spoiler)
    with make_office(spoiler.root) as office:
        report = verified(office)
    said: list[Any] = [*report.damages, *report.notes]
    assert [one for one in said if one.what is expected and where in one.path], [
        (one.what.value, one.path, one.sentence) for one in said
    ]
    assert report.is_sound == isinstance(expected, Note)
