"""What several kinds have in common: marked-up body text, the signed end of a paper, and the 版记 at its foot."""

from __future__ import annotations

from tools.draw_templates.page import LEFT, SMALL_CHARACTER, TEXT_WIDTH
from tools.draw_templates.xml import cell, command, command_row, indent, lines, paragraph, row, run, table

_LEVELS = ("Level1", "Level2", "Level3", "Level4")


def text(field: str, plain: str = "Normal") -> tuple[str, ...]:
    """The paragraphs of a long-text field, each in the style of its heading level (7.3.3).

    A numbered heading that is followed by text in its paragraph ("（一）组织领导。要……") keeps its style for the
    heading and returns to 仿宋 for the text.
    """
    blocks = [command(f"for p in {field}.paragraphs")]
    for level, style in enumerate(_LEVELS, start=1):
        blocks.append(command(f"{'if' if level == 1 else 'elif'} p.level == {level}"))
        blocks.append(paragraph(style, run("{{ p.head }}"), run("{{ p.rest }}", "BodyCharacters")))
    blocks += [command("else"), paragraph(plain, "{{ p.text }}"), command("endif"), command("endfor")]
    return tuple(blocks)


def signed(name: str, day: str, seal: str) -> tuple[str, str]:
    """署名, 成文日期 and the place of the seal; the merge puts the three into the geometry of clause 7.3.5."""
    return paragraph("SignedBy", f"{{{{ {name} }}}}"), paragraph("SignedOn", f'{{{{ {day} }}}}{{{{ seal("{seal}") }}}}')


def colophon(
    receivers: tuple[tuple[str, str, str], ...], left: str = "", right: str = "", *, ruled: bool = True
) -> str:
    """版记 (7.4): as wide as the 版心, thick, thin and thick rules, the last on the lower edge of the last page's 版心.

    A floating table does that wherever the text ends. Its cells have no side margins: programs differ on whether these
    push a floating table out of place, so the character of space on either side (7.4.2) is an indent. ``receivers`` are
    label (抄送, 分送), field and the condition on which they are printed, no rule between them. ``left`` and ``right``
    fill the line of who printed it and when. That of a letter is not ``ruled`` (10.1).
    """
    margin = SMALL_CHARACTER
    hanging = indent(left=4 * margin, right=margin, hanging=3 * margin)
    columns = (TEXT_WIDTH,)
    lists = [
        block
        for label, field, condition in receivers
        for block in (
            command(f"if {condition}"),
            paragraph("Colophon", f"{label}：{{{{ {field}|full_stop }}}}", extra=hanging),
            command("endif"),
        )
    ]
    rows = [
        command_row(f"if {' or '.join(condition for _label, _field, condition in receivers)}", columns),
        row(cell(TEXT_WIDTH, *lists)),
        command_row("endif", columns),
    ]
    if left or right:
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - margin}"/></w:tabs>{indent(left=margin)}'
        rows.append(row(cell(TEXT_WIDTH, paragraph("Colophon", f"{left}\t{right}", extra=tabs))))
    thick, thin = ("single", 8), ("single", 6)
    position = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{LEFT}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    borders = lines(top=thick, bottom=thick, insideH=thin) if ruled else ""
    drawn = table(columns, *rows, borders=borders, position=position, margin=0)
    anchor = paragraph("ColophonAnchor")  # before it, so that a table above does not grow together with this one
    return anchor + drawn + anchor
