"""Four joint meetings with their papers, twelve meetings of the committee with their minutes."""

from __future__ import annotations

from datetime import timedelta

from tools.make_examples.year.facts import (
    HALL,
    QUARTERS,
    STREET,
    STREET_NAME,
    Content,
    Row,
    Rows,
    communities,
    content,
    members,
    said,
    street_number,
)
from tools.make_examples.year.planted import NO_SIGN_IN


def _meeting(place: int, facts: Row) -> Row:
    return {
        "meeting_no": f"2021-L{place}",
        "organisation": STREET,
        "meeting_name": f"2021年第{QUARTERS[place - 1]}季度党建联席会议",
        "held_on": facts["held_on"],
        "place": HALL,
    }


def _joint() -> list[tuple[int, Row, Row]]:
    return [(place, facts, _meeting(place, facts)) for place, facts in enumerate(content()["joint_meeting"], start=1)]


def notices() -> Content:
    heads, topics = [], []
    for place, facts, meeting in _joint():
        sent = facts["notice_on"]
        heads.append(
            {
                **meeting,
                "given_number": street_number(1 if place == 1 else place + 6),
                "title": f"{STREET_NAME}\n关于召开{meeting['meeting_name']}的通知",
                "addressees": "各社区党委，驻区各单位党组织",
                "time": "下午3时",
                "participants": "街道区域党委委员，各社区党委书记、兼职委员，驻区各单位党组织负责人。",
                "requirements": "不能到会的，请书面请假。",
                "contact": "白雪",
                "telephone": "0919-2180301",
                "signed_by": STREET_NAME,
                "date": sent,
                "printed_by": STREET_NAME,
                "printed_on": sent,
            }
        )
        topics += [
            {"meeting_no": meeting["meeting_no"], "sequence": n, "topic": topic, "owner": owner}
            for n, (topic, _decision, owner, _deadline) in enumerate(facts["topics"], start=1)
        ]
    return {"meeting_notice": heads, "topics": topics}


def sign_ins() -> Content:
    meetings = [meeting for _place, _facts, meeting in _joint() if meeting["meeting_name"] != NO_SIGN_IN]
    people = [{"meeting_no": meeting["meeting_no"], **one} for meeting in meetings for one in [*_hosts(), *_invited()]]
    return {"meeting": [{**meeting, "time": "下午3时"} for meeting in meetings], "people": people}


def _hosts() -> Rows:
    hosts = [{"unit": STREET, "person": "赵建民", "post": "书记"}]
    return hosts + [{"unit": one["party"], "person": one["head"], "post": "书记"} for one in communities()]


def _invited() -> Rows:
    return [{"unit": one.unit["short"], "person": one.name, "post": one.post} for one in members()]


def minutes() -> Content:
    heads, people, topics = [], [], []
    for _place, facts, meeting in _joint():
        heads.append(
            {
                **meeting,
                "meeting_type": "联席会议",
                "time": "下午3时至4时40分",
                "chair": "赵建民",
                "recorder": "白雪",
                "summary": f"{said(facts['held_on'])}，桃园街道党委召开{meeting['meeting_name']}。"
                "会议由街道党委书记赵建民主持，三个社区党委和驻区各单位党组织参加。现将会议议定事项纪要如下：",
                "sent_to": "区委组织部，各社区党委，驻区各单位党组织",
                "date": facts["held_on"] + timedelta(1),
            }
        )
        absent = set(facts["absent"])
        people += [
            {"meeting_no": meeting["meeting_no"], **one, "attendance": "请假" if one["person"] in absent else "出席"}
            for one in [*_hosts(), *_invited()]
        ]
        people.append(
            {"meeting_no": meeting["meeting_no"], "unit": "桃园街道党建办", "person": "白雪", "attendance": "列席"}
        )
        topics += [
            {
                "meeting_no": meeting["meeting_no"],
                "sequence": n,
                "topic": topic,
                "decision": decision,
                "owner": owner,
                "deadline": deadline,
            }
            for n, (topic, decision, owner, deadline) in enumerate(facts["topics"], start=1)
        ]
    return {"meeting": heads, "people": people, "topics": topics}


def committee_minutes() -> Content:
    heads, people, topics = [], [], []
    for facts in content()["committee_meeting"]:
        held = facts["held_on"]
        number, name = f"2021-W{held.month:02d}", f"2021年{held.month}月区域党委会会议"
        heads.append(
            {
                "meeting_no": number,
                "organisation": STREET,
                "meeting_name": name,
                "meeting_type": "区域党委会",
                "held_on": held,
                "place": HALL,
                "chair": "赵建民",
                "recorder": "白雪",
                "summary": f"{said(held)}，桃园街道召开{name}，赵建民主持。现将会议议定事项纪要如下：",
                "sent_to": "各社区党委",
                "date": held + timedelta(1),
            }
        )
        people += [{"meeting_no": number, **one, "attendance": "出席"} for one in _hosts()]
        topics.append({"meeting_no": number, "sequence": 1, "topic": facts["topic"], "decision": facts["decision"]})
    return {"meeting": heads, "people": people, "topics": topics}


def minutes_shown() -> Content:
    rows = []
    for place, facts, meeting in _joint():
        decisions = "\n".join(
            f"（{QUARTERS[n]}）{topic[2:]}。{decision}" for n, (topic, decision, *_) in enumerate(facts["topics"])
        )
        rows.append(
            {
                "publication_no": f"2021-J{place}",
                "organisation": STREET,
                "title": f"关于{meeting['meeting_name']}纪要的公示",
                "meeting_name": meeting["meeting_name"],
                "matter": f"{said(facts['held_on'])}召开的{meeting['meeting_name']}议定了下列事项，现予公示：\n"
                f"{decisions}",
                "from_day": facts["published_on"],
                "until_day": facts["published_on"] + timedelta(7),
                "telephone": "0919-2180301",
                "address": "铜川市王益区桃园路1号桃园街道办事处",
                "date": facts["published_on"],
            }
        )
    return {"publication": rows}
