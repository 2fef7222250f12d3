"""Red-header papers in the life of a part-time member (兼职委员): 推选结果报告, 批复, 备案报告, notice of leaving.

What a clerk fills in are the facts. The sentences, which follow 铜王组发〔2020〕50号 (推荐, 初审, 批复, 聘任, 公示,
备案; three ways out), stand in the templates, where an office may reword them.
"""

from __future__ import annotations

from tools.draw_templates.furniture import text
from tools.draw_templates.listing import DENSE, NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.red_head import (
    addressed,
    attachment_note,
    ended,
    imprint,
    joint_red_head,
    jointly_ended,
    red_head,
)
from tools.draw_templates.xml import command, paragraph

_KEEP = "<w:keepNext/>"
_GAP = '<w:spacing w:before="120"/>'
_YOU = "{% if '总支' in community %}你总支{% elif '支部' in community %}你支部{% else %}你委{% endif %}"
_TERM = "任期自{{ term_from }}至{{ term_to }}。"
_POST = (
    "{{ each.person }}（{% if each.sex == '女' %}女，{% endif %}{{ each.post }}）任{{ each.community_post }}"
    "{% if loop.last %}。{% else %}；{% endif %}"
)


def _closing(words: str) -> str:
    return paragraph("Normal", words, extra=_KEEP)


def reply() -> bytes:
    """templates/reply/template.docx: 批复 to the community that asked, naming its request."""
    return document(
        *red_head(),
        *addressed(),
        paragraph(
            "Normal",
            f"{_YOU}《{{{{ refers_title }}}}》{{% if refers_to %}}（{{{{ refers_to }}}}）{{% endif %}}收悉。"
            "经{{ studied_on }}{{ studied_by }}研究，现批复如下：",
        ),
        paragraph("Normal", "同意聘任以下{{ people|length }}名同志："),
        command("for each in people"),
        paragraph("Normal", _POST),
        command("endfor"),
        paragraph("Normal", _TERM),
        *text("body"),
        _closing("此复。"),
        *ended(),
        imprint(),
        title="批复",
    )


_ROSTER = (
    Column(520, "序号", (NUMBERED,)),
    Column(940, "姓名", ("person",)),
    Column(520, "性别", ("sex",)),
    Column(1240, "出生年月", ("birth",)),
    Column(1040, "学历", ("education",)),
    Column(1240, "入党时间", ("joined_party",)),
    Column(1904, "工作单位及职务", ("post",), left=True),
    Column(1440, "兼任职务", ("community_post",), left=True),
)


def filing_report() -> bytes:
    """templates/filing-report/template.docx: to the organisation department, with the roster on a page of its own."""
    return document(
        *joint_red_head(upward=True),
        *addressed(),
        paragraph(
            "Normal",
            "根据{{ basis }}要求，{{ community }}按照推荐、初审、批复、聘任、公示的步骤，"
            "产生兼职委员{{ people|length }}名。现将有关情况报告如下：",
        ),
        paragraph("Level1", "一、产生过程"),
        paragraph(
            "Normal",
            "驻区单位党组织推荐人选后，社区党组织{% if screened_on %}于{{ screened_on }}{% endif %}进行初审；"
            "{{ approved_on }}，{{ organisation.short_name }}批复同意（{{ refers_to }}）；"
            "{{ appointed_on }}，社区党组织聘任并颁发聘书；"
            "{{ from_day }}至{{ until_day }}，在辖区单位和社区内公示，{{ objections }}。",
        ),
        paragraph("Level1", "二、任期"),
        paragraph("Normal", _TERM),
        command("if body"),
        paragraph("Level1", "三、其他情况"),
        *text("body"),
        command("endif"),
        _closing("特此报告。"),
        attachment_note("{{ attachment_title }}"),
        *jointly_ended(),
        paragraph("AttachmentLabel", "附件"),
        paragraph("AttachmentTitle", "{{ attachment_title }}"),
        listing(_ROSTER, "each in people", DENSE),
        imprint(copies=False),
        title="备案报告",
    )


_VOTES = (
    Column(1360, "推选职务", ("community_post",)),
    Column(1160, "姓名", ("person",)),
    Column(3364, "工作单位及职务", ("post",), left=True),
    Column(700, "赞成", ("votes_for",)),
    Column(700, "反对", ("votes_against",)),
    Column(700, "弃权", ("abstained",)),
    Column(860, "当选", ("elected",)),
)
_ELECTED = (
    'candidates|selectattr("community_post", "equalto", each.community_post)|selectattr("elected", "equalto", "是")'
)


def election_result() -> bytes:
    """templates/election-result/template.docx: two classes of post, counted apart, candidate by candidate."""
    return document(
        *red_head(upward=True),
        *addressed(),
        paragraph(
            "Normal",
            "{{ held_on }}，{{ organisation.short_name }}在{{ place }}召开{{ meeting_name }}，由{{ chair }}主持。"
            "社区党员总数{{ members }}人，大会应到{{ due }}人，实到{{ present }}人，其中社区党员代表{{ delegates }}人、"
            "在职党员代表{{ in_service }}人。推选采取无记名投票的方式，分兼职副书记、委员两类分别计票。"
            "现将推选结果报告如下：",
        ),
        paragraph("Level1", "一、投票情况"),
        command("for each in ballots"),
        paragraph(
            "Normal",
            "{{ each.community_post }}职数{{ each.seats }}名，发出选票{{ each.issued }}张，收回{{ each.collected }}张，"
            "其中有效票{{ each.valid }}张，无效票{{ each.invalid }}张。",
        ),
        command("endfor"),
        paragraph("Level1", "二、得票情况"),
        paragraph("ColophonAnchor", extra=_GAP),
        listing(_VOTES, "each in candidates"),
        paragraph("Level1", "三、推选结果", extra=_GAP),
        command("for each in ballots"),
        paragraph(
            "Normal",
            f'{{% if {_ELECTED}|list %}}{{{{ {_ELECTED}|map(attribute="person")|join("、") }}}}'
            "当选{{ each.community_post }}。{% else %}没有人当选{{ each.community_post }}。{% endif %}",
        ),
        command("endfor"),
        *text("body"),
        _closing("特此报告。"),
        *ended(),
        imprint(copies=False),
        title="推选结果报告",
    )


_HIM = "{{ person }}同志（{{ post }}）"
_STUDIED = (
    "{% if studied_on %}经{{ studied_by }}{{ studied_on }}研究"
    "{% if approved_on %}、{{ organisation.short_name }}{{ approved_on }}审定{% endif %}"
)
_BASIS = "{% if refers_to %}（聘任批复：{{ refers_to }}）{% endif %}"


def release() -> bytes:
    """templates/release/template.docx: term over, dismissed, own request; each way has its own sentence (二（三）)."""
    return document(
        *red_head(),
        *addressed(),
        command("if reason == '任期届满'"),
        paragraph(
            "Normal",
            f"{_HIM}担任{{{{ community_post }}}}{_BASIS}，任期于{{{{ term_to }}}}届满，不再担任下届委员。"
            "自{{ effective_on }}起，{{ person }}同志不再担任{{ community_post }}。",
        ),
        command("elif reason == '解除聘任'"),
        paragraph(
            "Normal",
            f"{_HIM}在担任{{{{ community_post }}}}{_BASIS}期间，{{{{ cause }}}}。{_STUDIED}，"
            "{% if reported_on %}并于{{ reported_on }}报区委组织部备案，{% endif %}{% endif %}"
            "决定自{{ effective_on }}起解除聘任，免去{{ person }}同志{{ community_post }}职务。",
        ),
        command("else"),
        paragraph(
            "Normal",
            f"{_HIM}因{{{{ cause }}}}，不便继续履行{{{{ community_post }}}}{_BASIS}职责，"
            "{{ unit_party }}已于{{ unit_notice_on }}书面通报。"
            f"{_STUDIED}{{% if reported_on %}}，并于{{{{ reported_on }}}}报区委组织部备案{{% endif %}}，{{% endif %}}"
            "自{{ effective_on }}起，{{ person }}同志不再担任{{ community_post }}。",
        ),
        command("endif"),
        *text("body"),
        _closing("特此通知。"),
        *ended(),
        imprint(),
        title="兼职委员退出通知",
    )
