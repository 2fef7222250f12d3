"""``python -m tools.draw_templates`` draws the templates that are missing.

``python -m tools.draw_templates KIND …`` draws the named ones anew and REPLACES what somebody edited in Word.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.draw_templates import (
    activity_record,
    agreement,
    appointing,
    assessment,
    boxing,
    catalogue,
    certificate,
    checklist,
    duty_list,
    four_properties,
    issues,
    letter,
    lists,
    meeting_notice,
    member_form,
    member_roster,
    minutes,
    notice,
    packet,
    publication,
    sign_in,
    unit_checkin,
    unit_survey,
    yearly_report,
)

DRAWINGS = {
    "notice": notice.draw,
    "member-form": member_form.draw,
    "agreement": agreement.draw,
    "minutes": minutes.draw,
    "publication": publication.draw,
    "letter": letter.draw,
    "meeting-notice": meeting_notice.draw,
    "election-result": appointing.election_result,
    "reply": appointing.reply,
    "appointment": certificate.draw,
    "filing-report": appointing.filing_report,
    "release": appointing.release,
    "yearly-report": yearly_report.draw,
    "sign-in": sign_in.draw,
    "member-roster": member_roster.draw,
    "unit-survey": unit_survey.draw,
    "unit-checkin": unit_checkin.draw,
    "activity-record": activity_record.draw,
    "lists": lists.draw,
    "duty-list": duty_list.draw,
    "issue-ledger": issues.draw_ledger,
    "issue-order": issues.draw_order,
    "assessment": assessment.draw,
}
PRINTOUTS = {
    "checklist": checklist.draw,
    "catalogue": catalogue.draw,
    "index": catalogue.draw_index,
    "box-notes": boxing.draw_notes,
    "box-spines": boxing.draw_spines,
    "packet": packet.draw,
    "packet-end": packet.draw_end,
    "four-properties": four_properties.draw,
}
ROOT = Path(__file__).parents[2]


def main(named: list[str]) -> None:
    """Draw the named kinds, or all that have no template yet."""
    for folder, drawings in (("templates", DRAWINGS), ("printouts", PRINTOUTS)):
        for name, draw in drawings.items():
            path = ROOT / folder / name / "template.docx"
            if name in named or (not named and not path.exists()):
                path.write_bytes(draw())


if __name__ == "__main__":
    main(sys.argv[1:])
