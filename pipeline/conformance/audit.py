"""``audit``: every clause that rules a paper of its format, checked, in the order of the standard."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.conformance.clause import Clause, Requirement
from pipeline.conformance.clauses import ending, foot, head, page, special, text
from pipeline.conformance.geometry import Paper
from pipeline.conformance.parts import Format, Parts, dissect
from pipeline.core.messages import _

Check = Callable[[Parts], Clause | tuple[Clause, ...]]

_PAGE: tuple[Check, ...] = (
    page.paper_size,
    page.left_margin,
    page.right_margin,
    page.top_margin,
    page.text_inside,
    text.body_size,
    text.body_face,
    page.lines_per_page,
    page.characters_per_line,
)
_UPPER: tuple[Check, ...] = (head.copy_number, head.secrecy_and_urgency)
_MARK: tuple[Check, ...] = (head.mark_red, head.mark_centred, head.mark_face)
_NUMBER: tuple[Check, ...] = (head.number_form, head.number_size)
_RED_HEAD: tuple[Check, ...] = (
    head.mark_top,
    *_MARK,
    *_NUMBER,
    head.number_place,
    head.number_across,
    head.signer,
    head.signer_face,
    head.rule_length,
    head.rule_centred,
    head.rule_place,
)
_TITLE: tuple[Check, ...] = (text.title_size, text.title_face, text.title_centred)
_ADDRESSEES: tuple[Check, ...] = (text.addressees_flush, text.addressees_place, text.addressees_colon)
_BODY: tuple[Check, ...] = (text.first_page_body, text.heading_faces, text.paragraph_indent)
_ENDING: tuple[Check, ...] = (
    ending.note_indent,
    ending.note_place,
    ending.note_form,
    ending.signed,
    ending.date_form,
    ending.date_place,
    ending.name_place,
    ending.seal_centred,
    ending.seal_covers,
    ending.seal_top,
    ending.joint_seals,
    ending.annex_place,
    ending.annex_title,
    ending.annex_names,
)
_COPIES: tuple[Check, ...] = (foot.imprint_face, foot.copies_place, foot.copies_wrap, foot.copies_stop)
_IMPRINT: tuple[Check, ...] = (
    foot.imprint_page,
    foot.imprint_rule_lengths,
    foot.imprint_rule_strengths,
    foot.imprint_bottom,
    *_COPIES,
    foot.printed_form,
    foot.printed_left,
    foot.printed_right,
)
_NUMBERS: tuple[Check, ...] = (
    foot.page_numbers_present,
    foot.page_number_face,
    foot.page_number_height,
    foot.page_number_sides,
)
_LETTER: tuple[Check, ...] = (
    special.letter_mark_top,
    special.letter_mark_words,
    special.letter_upper_rule,
    special.letter_lower_rule,
    special.letter_number_place,
    special.letter_number_across,
    special.letter_imprint,
)

_CHECKS: dict[Format, tuple[Check, ...]] = {
    Format.RED_HEADER: (
        *_PAGE,
        page.text_colour,
        *_UPPER,
        *_RED_HEAD,
        *_TITLE,
        text.title_place,
        *_ADDRESSEES,
        *_BODY,
        *_ENDING,
        *_IMPRINT,
        *_NUMBERS,
    ),
    Format.LETTER: (
        *_PAGE,
        page.text_colour,
        *_UPPER,
        *_MARK,
        *_NUMBER,
        *_TITLE,
        text.title_place,
        *_ADDRESSEES,
        *_BODY,
        *_ENDING,
        *_COPIES,
        *_NUMBERS,
        *_LETTER,
    ),
    Format.MINUTES: (
        *_PAGE,
        page.text_colour,
        head.mark_top,
        *_MARK,
        *_BODY,
        *_COPIES,
        *_NUMBERS,
        special.minutes_mark_words,
        special.minutes_present,
    ),
    Format.GENERAL: (*_PAGE, text.heading_faces, ending.date_form),
    Format.OUTSIDE: (*_PAGE, text.heading_faces, ending.date_form),
}
_ALWAYS: tuple[Check, ...] = (page.paper_size,)
"""What a paper outside the standard keeps too: archives are made of A4."""

_OUTSIDE = frozenset({"form", "agreement", "certificate"})
"""Formats of kinds that the standard does not know (事务文书)."""


def audit(paper: Paper, format: str | None = None) -> tuple[Clause, ...]:
    """Check a paper against GB/T 9704-2012.

    ``format`` is that of a kind: "red-header", "letter", "minutes", "general" (and "form", "agreement", "certificate",
    of which the standard says nothing: only their paper is judged); recognised from the first page where none is given.
    A paper without text (a scan) comes back as one failed clause. Raises ``ValueError`` for another format.
    """
    form = None if format is None else Format.OUTSIDE if format in _OUTSIDE else Format(format)
    if not any(each.glyphs for each in paper.pages):
        asked = Requirement("5.2.2", "text", _("文字"))
        return (asked.judged(False, _("里面没有文字，大概是扫描件，量不出版式"), _("有文字的 PDF")),)
    parts = dissect(paper, form)
    clauses: list[Clause] = []
    for check in _CHECKS[parts.form]:
        made = check(parts)
        several = made if isinstance(made, tuple) else (made,)
        binding = parts.form is not Format.OUTSIDE or check in _ALWAYS
        clauses += several if binding else [_not_binding(clause) for clause in several]
    return tuple(clauses)


def _not_binding(clause: Clause) -> Clause:
    """The clause for a paper it does not rule."""
    asked = Requirement(clause.id, clause.check, clause.title)
    return asked.not_applicable(_("表格、协议、证书不是公文，不受本标准约束"))
