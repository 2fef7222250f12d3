"""``python -m tools.draw_templates [KIND …]`` draws the first edition of the templates, replacing what is there."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.draw_templates import agreement, member_form, minutes, notice, publication

DRAWINGS = {
    "notice": notice.draw,
    "member-form": member_form.draw,
    "agreement": agreement.draw,
    "minutes": minutes.draw,
    "publication": publication.draw,
}
TEMPLATES = Path(__file__).parents[2] / "templates"


def main(kinds: list[str]) -> None:
    """Draw the named kinds, or all."""
    for kind in kinds or list(DRAWINGS):
        (TEMPLATES / kind / "template.docx").write_bytes(DRAWINGS[kind]())


if __name__ == "__main__":
    main(sys.argv[1:])
