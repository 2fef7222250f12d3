"""共驻共建协议书: the eight articles of attachment 4 of 区域化党建工作机制意见, word for word.

The two parties, the year's targets, tasks, projects and deadline, and who answers for each side are filled in; both
sides seal and sign in two columns that stay together with the last of the agreement.
"""

from __future__ import annotations

from tools.draw_templates.package import document
from tools.draw_templates.page import CHARACTER, TRACKING
from tools.draw_templates.xml import ALL_LINES, cell, command, indent, paragraph, row, table

PREAMBLE = (
    "为进一步加强社区建设，推动社区和驻区单位党组织共同担负起加强基层党的建设、创新社会治理、推动城市发展的责任，"
    "实现党组织资源共享、文明共创、条块结合、协调联动的党建工作新局面，{{ organisation }}与{{ unit_party }}"
    "开展共建活动，经共同协商，现达成共建协议如下："
)

ARTICLES = (
    "1.驻区单位党组织要树立“驻在社区、服务社区、共建社区”的意识，积极支持和参与社区建设的各项工作。"
    "社区党组织要为驻区单位党组织提供政策和资源支持，帮助解决问题，化解矛盾。",
    "2.驻区单位和社区党组织负责人要亲自抓共驻共建工作，制定共建计划，定期了解共驻共建活动进展情况，"
    "并确定联络员负责共驻共建工作的具体事务。",
    "3.驻区单位党组织要积极参加区域党委会议、党建联席会等各种会议，以“大事共议、实事共办、要事共决、急事共商”为原则，"
    "分析社区建设现状，制定社区建设工作方案，协商解决驻区单位和社区居民共同关心的问题。",
    "4.社区和驻区单位党组织要以为民服务为核心，共同探索服务载体，拓宽服务渠道。"
    "驻区单位党组织要积极主动地参与社区服务型党组织建设，主动认领服务项目，同社区党组织一起，"
    "经常性地举办服务和公益性活动，尽最大的努力为社区居民办实事、解难题、做好事，要主动接受社区党组织的指导、组织和协调。",
    "5.驻区单位党组织要鼓励在职党员参与社区建设，到社区认领服务岗位，"
    "充分发挥在职党员在社区管理、社区服务、社区治安、社区文化等工作中的先锋模范作用。",
    "6.社区党组织和驻区单位党组织要实现资源共享，软、硬件设施在条件允许的情况下要相互共享。"
    "驻区单位党组织要充分发挥在人才、场地、宣传、教育和健康医疗等方面的资源优势，积极服务于社区党建和社区建设。",
    "7.共建双方要结合实际，创造性地开展结对共建活动，在活动中积极探索好的做法，及时总结推广，"
    "促进共驻共建活动进一步发展。",
    "8.本协议一式两份，共驻共建双方各执一份，经双方签字后生效。",
)

_YEAR = (1500, 920, 1200, 920, 1200, 1204, 1900)
"""Twips: the label, then 负责人, 联络员, 联系电话 and what they are."""

_SIDES = (4422, 4422)


def _party(label: str, name: str) -> str:
    """A side of the agreement; a name of several lines hangs beside its label."""
    width = len(label) * (CHARACTER + TRACKING)
    return paragraph("Party", f"{label}{{{{ {name} }}}}", extra=indent(left=width, hanging=width))


def _of_the_year(label: str, *content: str) -> str:
    """A row as high as its words, which stand at its top: words higher than a page go on on the next one."""
    value = cell(sum(_YEAR[1:]), *content, span=len(_YEAR) - 1, align="top")
    return row(cell(_YEAR[0], paragraph("TableLabel", label)), value)


def _listed(field: str) -> tuple[str, ...]:
    line = paragraph("TableTextLeft", "{{ p.text }}")
    return (
        command(f"for p in {field}.paragraphs"),
        line,
        command("else"),
        paragraph("TableTextLeft", "无"),
        command("endfor"),
    )


def _people(side: str, prefix: str) -> str:
    """Who answers for a side (article 2)."""
    pairs = (("负责人", "head"), ("联络员", "liaison"), ("联系电话", "phone"))
    cells = [paragraph("TableLabel", side)]
    for label, field in pairs:
        cells.append(paragraph("TableText", label))
        cells.append(paragraph("FormText", f"{{{{ {prefix}_{field} }}}}"))
    return row(*(cell(width, words) for width, words in zip(_YEAR, cells, strict=True)), height=600)


def _side(label: str, party: str, seal: str) -> tuple[str, ...]:
    """Seal, signature and date of one side, in the order of the source."""
    return (
        paragraph("Seal", f"{label}（盖章）"),
        paragraph("Seal", f'{{{{ {party} }}}}{{{{ seal("{seal}") }}}}'),
        paragraph("Signing", f'负责人（签字）：{{{{ signature("{seal}负责人") }}}}'),
        paragraph("Signing", "{{ date }}"),
    )


def _ends() -> str:
    """Both sides in one row that never splits, so that nobody is asked to sign a page without the agreement."""
    sides = (_side("驻区单位党组织", "unit_party", "乙方"), _side("社区党组织", "organisation", "甲方"))
    cells = (cell(width, *side, align="top") for width, side in zip(_SIDES, sides, strict=True))
    return table(_SIDES, row(*cells), margin=170)


def draw() -> bytes:
    """templates/agreement/template.docx.

    The year's table stands before the last article: that one, on how the agreement takes effect, leads to the
    signatures and stays on their page. A paragraph can be kept with what follows in every office program, a table
    cannot.
    """
    *articles, last = ARTICLES
    return document(
        paragraph("Title", "共驻共建协议书", extra='<w:spacing w:before="0"/>'),
        paragraph("AgreementNumber", "编号：{{ number }}"),
        _party("甲方（社区党组织）：", "organisation"),
        _party("乙方（驻区单位党组织）：", "unit_party"),
        paragraph("Normal", PREAMBLE, extra='<w:spacing w:before="120"/>'),
        *(paragraph("Normal", article) for article in articles),
        paragraph("TableCaption", "{{ year }}年度共建事项"),
        table(
            _YEAR,
            _of_the_year("共建目标", *_listed("targets")),
            _of_the_year("共建任务", *_listed("tasks")),
            _of_the_year("共建项目", *_listed("projects")),
            _of_the_year("完成时限", paragraph("TableTextLeft", "{{ deadline }}")),
            _people("甲方", "community"),
            _people("乙方", "unit"),
            borders=ALL_LINES,
            air=90,
        ),
        paragraph("Normal", last, extra='<w:keepNext/><w:keepLines/><w:spacing w:before="290" w:after="160"/>'),
        _ends(),
        paragraph("ColophonAnchor"),
        title="共驻共建协议书",
    )
