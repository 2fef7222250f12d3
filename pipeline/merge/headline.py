"""Where a title breaks: by meaning, in the shape of a trapezium or a lozenge (GB/T 9704-2012 clause 7.3.1).

Nobody can cut Chinese words without a dictionary, but a title has plain joints: after the organ that issues, after
《……》, 、 and 的, and where a space parts the names of joint organs. Every way to break is weighed by its joints and
its shape. What a sender broke himself stays as he broke it.
"""

from __future__ import annotations

from functools import cache

from pipeline.merge.stylesheet import em

_NEVER_BEFORE = frozenset("，。、：；！？》〉”’）】〕」』…—·的和与及")
_NEVER_AFTER = frozenset("《〈“‘（【〔「『…—·〔第")
_JOINT_AFTER = frozenset("，、：；》）的")
_JOINT_BEFORE = frozenset("《“（和与及")
_SPACES = frozenset(" \u3000")
_ORGAN_ENDS = frozenset("部委会府局办室")
_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.%-")

_WHOLE = """
    委员会 党工委 党支部 党总支 党组织 组织部 办公室 兼职委员 联席会议 负责人 登记表 协议书 实施意见 实施方案
    社区 街道 党委 工作 通知 意见 方案 规定 办法 制度 机制 管理 推荐 选拔 聘任 评议 考核 建设 服务 年度 季度
    第一季度 第二季度 第三季度 第四季度 社区党委 社区党总支 工作委员会 办事处 派出所
    党建 会议 纪要 清单 公示 报告 协议 项目 需求 资源 活动 共驻共建 区域化 大党委 公开 推选
    人员 人选 干部 委员 支部 关于 印发 事项 有关 开展 做好 加强 推进 进一步
"""
"""Words of the trade that should not be torn; a word missing here costs beauty, nothing else."""
_WORDS = tuple(_WHOLE.split())

_PLACE_ENDS = ("省", "市", "区", "县", "街道", "镇", "乡", "社区", "村")
"""What the name of a place ends in: in an organ's name a line may end with it."""

_ORGAN, _JOINT, _PLACE, _ANYWHERE, _TORN = -4.0, 1.5, 2.5, 5.0, 10.0
_EXTRA_LINE = 2.0
_UNEVEN = 8.0
_SHORTEST = 4.0
_DIGIT = 0.56
"""Em of a figure in the faces that titles are set in; taken for half an em, a full line spilled its last character."""


def broken(title: str, room: float) -> tuple[str, ...]:
    """The lines of a title that has ``room`` em on a line."""
    if _width(title) <= room:
        return (title,)
    fewest = int(-(-_width(title) // room))
    ways = [way for count in (fewest, fewest + 1) if (way := _best(title, room, count)) is not None]
    return min(ways, key=lambda way: way[0])[1] if ways else (title,)


def _best(title: str, room: float, count: int) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to set ``title`` on exactly ``count`` lines, with its price."""
    mean = _width(title) / count

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[str, ...]] | None:
        if left == 1:
            line = title[start:]
            return (_price(line, mean), (line,)) if 0 < _width(line) <= room else None
        best: tuple[float, tuple[str, ...]] | None = None
        for end in range(start + 1, len(title)):
            line = title[start:end]
            if _width(line) > room:
                break
            joint = _joint(title, end)
            if joint is None or (tail := rest(end, left - 1)) is None:
                continue
            price = joint + _price(line, mean) + tail[0]
            if best is None or price < best[0]:
                best = (price, (line, *tail[1]))
        return best

    found = rest(0, count)
    return None if found is None else (found[0] + _EXTRA_LINE * count, found[1])


def _price(line: str, mean: float) -> float:
    """What a line costs by its length alone; a stump of a few characters is dear."""
    width = _width(line)
    return _UNEVEN * ((width - mean) / mean) ** 2 + (_ANYWHERE if width < _SHORTEST else 0.0)


def _joint(title: str, at: int) -> float | None:
    """What a break before ``title[at]`` costs; None where there must be none."""
    before, after = title[at - 1], title[at]
    if after in _NEVER_BEFORE or before in _NEVER_AFTER or (before in _WORD and after in _WORD):
        return None
    if after in _SPACES:
        return None
    if title.startswith("关于", at) or before in _SPACES:
        return _ORGAN
    if before in _JOINT_AFTER or after in _JOINT_BEFORE or (before in _ORGAN_ENDS and after.isdigit()):
        return _JOINT
    if _torn(title, at):
        return _TORN
    return _PLACE if title.endswith(_PLACE_ENDS, 0, at) else _ANYWHERE


def _torn(title: str, at: int) -> bool:
    """Whether a break before ``title[at]`` falls inside one of the words."""
    return any(title.startswith(word, at - cut) for word in _WORDS for cut in range(1, len(word)) if cut <= at)


def _width(text: str) -> float:
    return sum(_DIGIT if character.isdigit() and character.isascii() else em(character) for character in text)
