"""The chain of the thirty members: forms, replies, certificates, publications, filing reports."""

from __future__ import annotations

from datetime import date

from tools.make_examples.year.facts import (
    DECREE,
    OFFICE,
    STREET,
    STREET_NAME,
    TERM,
    Content,
    Member,
    Row,
    communities,
    members,
    shown,
    street_number,
)
from tools.make_examples.year.planted import EARLY_CERTIFICATE, NO_CERTIFICATE, NOT_REPORTED


def forms(community: str) -> Content:
    return {"member": [_form(member, place) for place, member in enumerate(members(community))]}


def _form(member: Member, place: int) -> Row:
    party, work = _years_on(member.birth, 24), _years_on(member.birth, 20)
    began = max(2009, work.year + 6)
    return {
        "organisation": member.community["name"],
        "date": date(2021, 3, 5),
        "person": member.name,
        "sex": member.sex,
        "birth": member.birth,
        "ethnicity": "汉族",
        "native_place": member.native_place,
        "joined_party": party,
        "health": "健康",
        "birthplace": member.native_place,
        "joined_work": work,
        "education": member.education,
        "degree": ("无", "中级职称", "管理学学士")[place % 3] if "本科" in member.education else "无",
        "post": member.whole_post,
        "community_post": f"{member.community['party']}兼职委员",
        "term": 4,
        "career": f"{work:%Y.%m}—{began}.03　{member.unit['name']}职工\n{began}.03至今　　　{member.whole_post}",
        "performance": _PERFORMANCES[place % len(_PERFORMANCES)].format(
            unit=member.unit["name"], community=member.community["name"], resources=member.unit["resources"]
        ),
        "recommendation": "同意推荐。",
        "recommended_on": date(2021, 3, 5),
        "community_opinion": "经初审，符合兼职委员任职条件，同意上报。",
        "community_opinion_on": date(2021, 3, 12),
        "street_opinion": "同意聘任。",
        "street_opinion_on": date(2021, 3, 26),
    }


_PERFORMANCES = (
    "政治立场坚定，热心社区公益事业。多次组织{unit}党员到{community}开展志愿服务，为居民提供{resources}。",
    "工作认真负责，群众基础好。疫情防控期间带领{unit}党员在{community}值守卡点，走访独居老人。",
    "熟悉辖区情况，善于协调。推动{unit}与{community}结对共建，协调解决居民反映的问题多件。",
    "作风扎实，团结同志。主动认领{community}服务岗位，组织{unit}党员开展“微心愿”认领。",
    "有较强的组织协调能力，积极参加{community}党建联席会议，提出的意见建议多次被采纳。",
)


def _years_on(birth: date, years: int) -> date:
    return date(birth.year + years, 7, 1)


def replies() -> Content:
    heads, people = [], []
    for place, community in enumerate(communities(), start=2):
        number = f"2021-0{place - 1}"
        heads.append(
            {
                "reply_no": number,
                "given_number": street_number(place),
                "organisation": STREET,
                "title": f"{STREET_NAME}\n关于同意聘任{members(community['name'])[0].name}等10名同志为\n"
                f"{community['party']}兼职委员的批复",
                "addressees": community["party"],
                "community": community["name"],
                "refers_title": f"关于聘任{members(community['name'])[0].name}等10名同志为"
                f"{community['party']}兼职委员的请示",
                "refers_date": date(2021, 3, 15),
                "studied_by": "桃园街道党委会议",
                "studied_on": date(2021, 3, 25),
                "term_from": TERM[0],
                "term_to": TERM[1],
                "signed_by": STREET_NAME,
                "date": date(2021, 3, 26),
                "cc": "区委组织部，驻区各单位党组织",
                "printed_by": STREET_NAME,
                "printed_on": date(2021, 3, 26),
            }
        )
        people += [
            {"reply_no": number, **candidate(one), "unit": one.unit["name"]} for one in members(community["name"])
        ]
    return {"reply": heads, "people": people}


def candidate(member: Member) -> Row:
    return {
        "person": member.name,
        "sex": member.sex,
        "birth": member.birth,
        "post": member.whole_post,
        "community_post": f"{member.community['party']}兼职委员",
    }


def early_certificate() -> Content:
    """A certificate handed out, and filed, before the reply was there: afterwards nobody could send it in like that."""
    return {"appointment": [_certificate(one, date(2021, 3, 22)) for one in members() if one.name == EARLY_CERTIFICATE]}


def certificates() -> Content:
    """The certificates of everybody else but one."""
    others = [one for one in members() if one.name not in (EARLY_CERTIFICATE, NO_CERTIFICATE)]
    return {
        "appointment": [{**_certificate(one, date(2021, 3, 29)), "approved_on": date(2021, 3, 26)} for one in others]
    }


def _certificate(member: Member, day: date) -> Row:
    place = [one["name"] for one in communities()].index(member.community["name"]) + 2
    return {
        "organisation": member.community["name"],
        "person": member.name,
        "unit": member.unit["name"],
        "post": member.whole_post,
        "community_post": f"{member.community['party']}兼职委员",
        "term_from": TERM[0],
        "term_to": TERM[1],
        "refers_to": street_number(place),
        "date": day,
    }


def appointments_shown() -> Content:
    heads, people = [], []
    for place, community in enumerate(communities(), start=1):
        number = f"2021-0{place}"
        heads.append(
            shown(
                number,
                community,
                f"关于聘任{community['party']}兼职委员的公示",
                f"根据{DECREE}，经驻区单位党组织推荐、社区党组织初审、桃园街道党委批复，{community['party']}聘任下列10名同志"
                "为兼职委员，现予公示，接受辖区单位和党员群众监督。",
                date(2021, 3, 30),
                date(2021, 4, 6),
            )
        )
        people += [{"publication_no": number, **candidate(one)} for one in members(community["name"])]
    return {"publication": heads, "candidates": people}


def filing_reports() -> Content:
    heads, people = [], []
    for place, community in enumerate(communities(), start=2):
        number = f"2021-0{place - 1}"
        heads.append(
            {
                "filing_no": number,
                "given_number": street_number(place + 3),
                "organisation": STREET,
                "title": f"{STREET_NAME}\n关于{community['party']}兼职委员\n聘任情况的备案报告",
                "addressees": OFFICE,
                "signer": "赵建民",
                "community": community["name"],
                "basis": DECREE,
                "screened_on": date(2021, 3, 12),
                "refers_to": street_number(place),
                "approved_on": date(2021, 3, 26),
                "appointed_on": date(2021, 3, 29),
                "from_day": date(2021, 3, 30),
                "until_day": date(2021, 4, 6),
                "objections": "公示期间没有收到异议",
                "term_from": TERM[0],
                "term_to": TERM[1],
                "attachment_title": f"{community['party']}兼职委员备案名册",
                "signed_by": STREET_NAME,
                "date": date(2021, 4, 8),
                "printed_by": STREET_NAME,
                "printed_on": date(2021, 4, 8),
            }
        )
        people += [
            {"filing_no": number, **candidate(one), "education": one.education, "unit": one.unit["name"]}
            for one in members(community["name"])
            if one.name != NOT_REPORTED
        ]
    return {"filing_report": heads, "people": people}
