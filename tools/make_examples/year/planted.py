"""What is wrong with the year on purpose, and what the checklist must say of it; nothing else may be wrong.

The late notice is late by its day in ``content/year.toml``; all else is left out or moved where these names stand.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """Something planted: what the checklist must say of it."""

    subject: str
    paper: str
    state: str
    why: str


NO_SIGN_IN = "2021年第三季度党建联席会议"
LATE_NOTICE = "2021年第二季度党建联席会议"
NO_AGREEMENT = "中共铜川惠民物业服务有限公司支部委员会"
NO_CERTIFICATE = "石磊"
EARLY_CERTIFICATE = "任海燕"
NOT_REPORTED = "左明"
LATE_LISTS = "康乐社区"

PLANTED = (
    Gap(LATE_NOTICE, "会议通知", "late", "会前三天才发通知"),
    Gap(NO_SIGN_IN, "签到表", "missing", "签到表没有交"),
    Gap(f"{NO_AGREEMENT}（康乐社区）", "共驻共建协议书", "missing", "没有签协议"),
    Gap(f"{NO_AGREEMENT}（康乐社区）", "协议公示", "missing", "没有签协议，也就没有公示"),
    *(Gap(LATE_LISTS, paper, "late", "四月才编清单") for paper in ("需求清单", "资源清单", "项目清单")),
    Gap(f"{NO_CERTIFICATE}（桃园社区）", "聘书", "missing", "没有发聘书"),
    Gap(f"{EARLY_CERTIFICATE}（河滨社区）", "聘书", "out-of-order", "聘书的日期早于批复"),
    Gap(f"{NOT_REPORTED}（康乐社区）", "备案报告", "missing", "备案名册里漏了"),
)
"""Everything that is wrong with the year, in the order in which the checklist tells it."""


FIGURES = {"appointed": 29, "attended": 110, "solved": 16, "held": 21}
"""What the yearly report must count: 30 members but the one without certificate, present 4 times each but for their
absences (from their certificate on), problems with a day of solution, activities with a record."""


def expected() -> str:
    """The planted gaps and the figures as TOML, behind the list of planted mistakes in ``expected.toml``."""
    lines = ["", "# 桃园街道2021年故意留下的缺口：迎检清单应当恰好查出这些，不多也不少。", ""]
    for gap in PLANTED:
        lines += [
            "[[gap]]",
            f'subject = "{gap.subject}"',
            f'paper = "{gap.paper}"',
            f'state = "{gap.state}"',
            f'why = "{gap.why}"',
            "",
        ]
    lines += ["# 年度工作报告应当数出来的数字。", "[figures]", *(f"{name} = {n}" for name, n in FIGURES.items()), ""]
    return "\n".join(lines)
