"""Rules of committees, elections and meetings: who sits there, who may vote, what counts as decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import ceil

from pipeline.core.findings import Finding
from pipeline.core.messages import _
from pipeline.core.policy import Rule
from pipeline.core.values import Record, Row, Value
from pipeline.policies.circumstances import Circumstances, breach
from pipeline.policies.membership import day, text

# --------------------------------------------------------------------------- size of the committee


def committee_size(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """How many sit in a committee and as what; judged where a roster lists the whole of it, its secretary included."""
    rows = record.details.get("people", ())
    if not all("community_post" in row.values for row in rows):
        return
    committees: dict[str, list[Row]] = {}
    for row in rows:
        committees.setdefault(text(row.values, "community"), []).append(row)
    for name, seats in committees.items():
        posts = Counter(_post(text(row.values, "community_post")) for row in seats)
        if not posts["secretaries"]:
            continue
        for wrong in _size_faults(rule, len(seats), posts):
            hint = _("{name}现列 {count} 名").format(name=name, count=len(seats)) if name else ""
            yield breach(rule, record, seats[0], "community_post", wrong, hint)


def _post(words: str) -> str:
    if "副书记" in words:
        return "part_time_deputies" if "兼职" in words else "full_time_deputies"
    return "secretaries" if "书记" in words else "ordinary_members"


def _size_faults(rule: Rule, count: int, posts: Mapping[str, int]) -> Iterator[str]:
    figures = rule.option.figures
    if figures.get("odd") and count % 2 == 0:
        yield _("专职和兼职委员总数为奇数")
    least, most = rule.number("minimum"), rule.number("maximum")
    if most and not least <= count <= most:
        yield (
            _("{least} 名").format(least=least)
            if least == most
            else _("{least} 至 {most} 名").format(least=least, most=most)
        )
    deputies = {"deputies": posts["full_time_deputies"] + posts["part_time_deputies"]}
    for figure, name in _POSTS.items():
        wanted, there = figures.get(figure), {**posts, **deputies}.get(figure, 0)
        if isinstance(wanted, int) and wanted != there:
            yield _("{post} {count} 名（现列 {there} 名）").format(post=_(name), count=wanted, there=there)


_POSTS: Mapping[str, str] = {
    "secretaries": "书记",
    "deputies": "副书记",
    "full_time_deputies": "专职副书记",
    "part_time_deputies": "兼职副书记",
    "ordinary_members": "委员",
}


# --------------------------------------------------------------------------- elections


def candidates(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """Enough qualified candidates for the posts to be filled."""
    standing = Counter(text(row.values, "community_post") for row in record.details.get("candidates", ()))
    for row in record.details.get("ballots", ()):
        seats = row.values.get("seats")
        wanted = ceil(rule.share("ratio") * _count(seats))
        there = standing[text(row.values, "community_post")]
        if there < wanted:
            expected = _("合格人选不少于 {wanted} 名（现有 {there} 名）").format(wanted=wanted, there=there)
            yield breach(rule, record, row, "seats", expected)


def delegates(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """Enough delegates of the community's Party members, and of those in service."""
    head = record.head.values
    if not {"members", "delegates", "in_service"} <= head.keys():
        return
    wanted = ceil(rule.share("share_of_members") * _count(head["members"]))
    if _count(head["delegates"]) < wanted:
        yield breach(rule, record, record.head, "delegates", _("不少于 {count} 名").format(count=wanted))
    least = rule.number("in_service_members")
    if _count(head["in_service"]) < least:
        yield breach(rule, record, record.head, "in_service", _("不少于 {count} 名").format(count=least))


def ballots(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """Nothing is lost or made up between those present, the ballots given out, those returned, and the votes."""
    valid: dict[str, int] = {}
    for row in record.details.get("ballots", ()):
        votes = row.values
        valid[text(votes, "community_post")] = _count(votes.get("valid"))
        if _count(votes.get("valid")) + _count(votes.get("invalid")) != _count(votes.get("collected")):
            yield breach(rule, record, row, "collected", _("有效票与无效票之和"))
        if _count(votes.get("collected")) > _count(votes.get("issued")):
            yield breach(rule, record, row, "collected", _("不多于发出票"))
        if _count(votes.get("issued")) > _count(record.head.values.get("present")):
            yield breach(rule, record, row, "issued", _("不多于到会人数"))
    for row in record.details.get("candidates", ()) if valid else ():
        post = text(row.values, "community_post")
        if post not in valid:
            yield breach(rule, record, row, "community_post", _("分职务计票，写明这个职务的票数"))
        elif _votes(row.values) != valid[post]:
            expected = _("赞成、反对、弃权之和等于有效票 {valid} 张").format(valid=valid[post])
            yield breach(rule, record, row, "votes_for", expected)


# --------------------------------------------------------------------------- meetings


def quorum(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """Enough members present for the meeting to be held; those who sit in (列席) are no members."""
    if not _is_meant(rule, record):
        return
    there, members = _attendance(record)
    if members and there < rule.share("share") * members:
        least = ceil(rule.share("share") * members)
        expected = _("{members} 名委员中至少 {least} 名到会（现有 {there} 名）").format(
            members=members, least=least, there=there
        )
        yield breach(rule, record, record.head, "meeting_name", expected)


def decision(rule: Rule, record: Record, _around: Circumstances) -> Iterator[Finding]:
    """A topic that was voted on was carried by more than the share of those present."""
    there, _members = _attendance(record) if _is_meant(rule, record) else (0, 0)
    for row in record.details.get("topics", ()) if there else ():
        if row.values.get("votes_for") is None:
            continue
        if _count(row.values["votes_for"]) <= rule.share("more_than") * there:
            least = int(rule.share("more_than") * there) + 1
            expected = _("到会 {there} 名委员中至少 {least} 票赞成").format(there=there, least=least)
            yield breach(rule, record, row, "votes_for", expected)


def notice(rule: Rule, record: Record, around: Circumstances) -> Iterator[Finding]:
    """A meeting is announced so many days, or working days, before it is held."""
    held = day(record.head.values, "held_on")
    if record.kind.id != "meeting-notice" or held is None or not _is_meant(rule, record):
        return
    if rule.option.figures.get("unless_urgent") and record.head.values.get("urgency"):
        return
    days, working = rule.number("days"), rule.number("working_days")
    if days and (held - record.date).days < days:
        expected = _("开会 {days} 天以前").format(days=days)
        yield breach(rule, record, record.head, record.kind.date_field, expected)
    if working and around.calendar.between(record.date, held) < working:
        expected = _("开会 {days} 个工作日以前").format(days=working)
        unsure = (
            ""
            if around.calendar.knows(held.year)
            else _("{year}年的放假安排还没有收录，只按周末算").format(year=held.year)
        )
        yield breach(rule, record, record.head, record.kind.date_field, expected, unsure)


def _is_meant(rule: Rule, record: Record) -> bool:
    """Whether the rule is about this meeting, by its name."""
    name = text(record.head.values, "meeting_name")
    return bool(name) and any(word in name for word in rule.words("meetings"))


def _attendance(record: Record) -> tuple[int, int]:
    """Members present, and members in all."""
    seen = Counter(text(row.values, "attendance") for row in record.details.get("people", ()))
    return seen["出席"], seen["出席"] + seen["请假"]


def _votes(values: Mapping[str, Value]) -> int:
    return sum(_count(values.get(name)) for name in ("votes_for", "votes_against", "abstained"))


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0
