"""The year of one street, 2021, as the workbooks its secretaries would drop: ``examples/year/*.xlsx``.

``content/year.toml`` says who and what there is; ``members``, ``meetings``, ``units`` and ``work`` make of it the rows
of each kind of paper. What is left out or put wrong on purpose is in ``planted``, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from openpyxl import Workbook

from tools.make_examples.samples import book
from tools.make_examples.year import meetings, members, units, work
from tools.make_examples.year.facts import Content

_BOOKS: Mapping[str, tuple[str, Callable[[], Content]]] = {
    "01 驻区单位摸排（三个社区）.xlsx": ("unit-survey", units.surveys),
    "02 联席会议通知（四次）.xlsx": ("meeting-notice", meetings.notices),
    "03 联席会议签到表.xlsx": ("sign-in", meetings.sign_ins),
    "04 联席会议纪要（四次）.xlsx": ("minutes", meetings.minutes),
    "05 区域党委会纪要（十二次）.xlsx": ("minutes", meetings.committee_minutes),
    "06 联席会议纪要公示.xlsx": ("publication", meetings.minutes_shown),
    "07 需求资源项目清单.xlsx": ("lists", units.lists),
    "08 三个清单公示.xlsx": ("publication", units.lists_shown),
    "09 兼职委员登记表（桃园社区）.xlsx": ("member-form", lambda: members.forms("桃园社区")),
    "10 兼职委员登记表（河滨社区）.xlsx": ("member-form", lambda: members.forms("河滨社区")),
    "11 兼职委员登记表（康乐社区）.xlsx": ("member-form", lambda: members.forms("康乐社区")),
    "12 兼职委员聘书（任海燕）.xlsx": ("appointment", members.early_certificate),
    "13 兼职委员批复.xlsx": ("reply", members.replies),
    "14 兼职委员聘书.xlsx": ("appointment", members.certificates),
    "15 兼职委员聘任公示.xlsx": ("publication", members.appointments_shown),
    "16 兼职委员备案报告.xlsx": ("filing-report", members.filing_reports),
    "17 共驻共建协议.xlsx": ("agreement", units.agreements),
    "18 共驻共建协议公示.xlsx": ("publication", units.agreements_shown),
    "19 党建活动记录.xlsx": ("activity-record", work.activities),
    "20 问题台账.xlsx": ("issue-ledger", work.ledgers),
}


def workbook(name: str) -> Workbook:
    """One workbook of the year, by its file name."""
    kind, content = _BOOKS[name]
    return book(kind, content())


YEAR: Mapping[str, Callable[[], Workbook]] = {name: partial(workbook, name) for name in _BOOKS}
"""The workbooks of the year by file name, in the order in which they came in."""
