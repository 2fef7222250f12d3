"""What was done together in the year: activities, and problems found and solved."""

from __future__ import annotations

from datetime import date

from tools.make_examples.year.facts import Content, communities, content, units_of


def activities() -> Content:
    rows = []
    by_name = {one["name"]: one for one in communities()}
    for group in content()["activity"]:
        community = by_name[group["community"]]
        units = units_of(group["community"])
        for place, (day, theme) in enumerate(zip(group["at"], group["themes"], strict=True)):
            first, second = units[place % 5], units[(place + 2) % 5]
            present = 18 + 7 * place % 30
            rows.append(
                {
                    "organisation": community["name"],
                    "theme": theme,
                    "date": day,
                    "place": f"{community['name']}党群服务中心",
                    "units": f"{community['party']}、{first['short']}、{second['short']}",
                    "present": present,
                    "party_members": present // 2,
                    "chair": community["head"],
                    "recorder": community["liaison"],
                    "content": f"{community['party']}与{first['short']}、{second['short']}联合开展"
                    f"“{theme.strip('“”')}”活动，党员志愿者和居民{present}人参加。",
                }
            )
    return {"activity": rows}


def ledgers() -> Content:
    heads, issues = [], []
    names = ("problem", "source", "assigned_to", "found_on", "assigned_on", "deadline", "solved_on")
    for group in content()["issue"]:
        number = f"2021-{group['community']}"
        heads.append(
            {"ledger_no": number, "organisation": group["community"], "year": 2021, "date": date(2021, 12, 31)}
        )
        for n, facts in enumerate(group["rows"], start=1):
            row = dict(zip(names, facts, strict=False))
            done = {"result": "已办结，居民满意"} if "solved_on" in row else {}
            issues.append({"ledger_no": number, "sequence": n, **row, **done})
    return {"ledger": heads, "issues": issues}
