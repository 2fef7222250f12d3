"""The fifteen resident units: surveys, agreements, the three lists, and what of them was published."""

from __future__ import annotations

from datetime import date, timedelta

from tools.make_examples.year.facts import Content, Rows, communities, content, phone, shown, units_of
from tools.make_examples.year.planted import LATE_LISTS, NO_AGREEMENT


def surveys() -> Content:
    heads = [
        {
            "survey_no": f"2021-{one['name']}",
            "organisation": one["name"],
            "date": date(2021, 1, 15),
            "surveyor": one["liaison"],
        }
        for one in communities()
    ]
    units = [
        {
            "survey_no": f"2021-{unit['community']}",
            "unit": unit["name"],
            "address": unit["address"],
            "unit_type": unit["type"],
            "staff": unit["staff"],
            "unit_party": unit["party"],
            "secretary": unit["members"][0][0],
            "party_members": unit["party_members"],
            "liaison": unit["members"][1][0],
            "liaison_phone": phone(place),
            "resources": unit["resources"],
        }
        for place, unit in enumerate(content()["unit"])
    ]
    return {"survey": heads, "units": units}


def _signed() -> Rows:
    return [unit for unit in content()["unit"] if unit["party"] != NO_AGREEMENT]


def agreements() -> Content:
    by_name = {one["name"]: one for one in communities()}
    rows = []
    for place, unit in enumerate(_signed()):
        community = by_name[unit["community"]]
        rows.append(
            {
                "organisation": community["full_name"] if community["name"] == "桃园社区" else community["name"],
                "unit_party": unit["party"],
                "unit": unit["name"],
                "year": 2021,
                "targets": "党组织资源共享、文明共创，联合开展主题党日活动不少于4次，全年为居民办实事不少于2件。",
                "tasks": "每季度参加一次党建联席会议，共同研究共驻共建事项。\n组织在职党员到社区认领服务岗位。",
                "projects": f"{unit['project']}。",
                "deadline": date(2021, 12, 20),
                "community_head": community["head"],
                "community_liaison": community["liaison"],
                "community_phone": community["phone"],
                "unit_head": unit["members"][0][0],
                "unit_liaison": unit["members"][1][0],
                "unit_phone": phone(place),
                "date": date(2021, 5, 12),
            }
        )
    return {"agreement": rows}


def agreements_shown() -> Content:
    heads, rows = [], []
    for place, community in enumerate(communities(), start=4):
        number = f"2021-0{place}"
        heads.append(
            shown(
                number,
                community,
                f"关于{community['name']}2021年共驻共建协议的公示",
                f"{community['party']}已与下列驻区单位党组织签订2021年共驻共建协议，现予公示，欢迎党员群众监督。",
                date(2021, 5, 17),
                date(2021, 5, 24),
            )
        )
        rows += [
            {
                "publication_no": number,
                "unit_party": unit["party"],
                "projects": unit["project"],
                "deadline": date(2021, 12, 20),
                "signed_on": date(2021, 5, 12),
            }
            for unit in _signed()
            if unit["community"] == community["name"]
        ]
    return {"publication": heads, "agreements": rows}


_NEEDS = (
    ("老旧小区设施维修", "楼道灯、表箱、管网老化，影响居民生活"),
    ("一老一小照护", "独居老人就医、学生放学后看护有困难"),
)


def lists() -> Content:
    content: dict[str, Rows] = {"lists": [], "needs": [], "resources": [], "projects": []}
    for community in communities():
        key = {"list_no": f"2021-{community['name']}"}
        made = date(2021, 4, 12) if community["name"] == LATE_LISTS else date(2021, 3, 22)
        content["lists"].append({**key, "organisation": community["name"], "year": 2021, "date": made})
        content["needs"] += [
            {**key, "sequence": n, "item": item, "details": details, "source": f"{community['name']}居民小组"}
            for n, (item, details) in enumerate(_NEEDS, start=1)
        ]
        for place, unit in enumerate(units_of(community["name"])):
            content["resources"].append(
                {
                    **key,
                    "unit": unit["short"],
                    "category": "社会",
                    "item": unit["resources"].partition("；")[0].partition("、")[0],
                    "details": unit["resources"],
                    "liaison": unit["members"][1][0],
                    "liaison_phone": phone(place),
                }
            )
            content["projects"].append(
                {
                    **key,
                    "item": unit["project"].partition("（")[0],
                    "answers": str(1 + place % 2),
                    "claimed_by": unit["short"],
                    "details": unit["project"],
                    "deadline": date(2021, 12, 20),
                }
            )
    return content


def lists_shown() -> Content:
    heads, items = [], []
    for place, community in enumerate(communities(), start=7):
        number = f"2021-0{place}"
        late = community["name"] == LATE_LISTS
        first = date(2021, 4, 13) if late else date(2021, 3, 31)
        heads.append(
            shown(
                number,
                community,
                f"关于{community['name']}2021年需求清单、资源清单、项目清单的公示",
                f"{community['party']}征集居民需求，驻区单位党组织列出资源，整合形成2021年“三个清单”，现予公示，欢迎党员群众监督。",
                first,
                first + timedelta(7),
            )
        )
        key = {"publication_no": number}
        items += [
            {**key, "list": "需求清单", "sequence": n, "item": item, "details": details, "source": "居民小组"}
            for n, (item, details) in enumerate(_NEEDS, start=1)
        ]
        for n, unit in enumerate(units_of(community["name"]), start=1):
            resource = unit["resources"].partition("；")[0].partition("、")[0]
            items.append(
                {
                    **key,
                    "list": "资源清单",
                    "sequence": n,
                    "item": resource,
                    "details": unit["resources"],
                    "source": unit["short"],
                }
            )
        for n, unit in enumerate(units_of(community["name"]), start=1):
            items.append(
                {
                    **key,
                    "list": "项目清单",
                    "sequence": n,
                    "item": unit["project"].partition("（")[0],
                    "details": unit["project"],
                    "source": community["party"],
                    "claimed_by": unit["short"],
                    "deadline": date(2021, 12, 20),
                }
            )
    return {"publication": heads, "items": items}
