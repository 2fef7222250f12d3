"""The record that rides inside the PDF, where the office wants each paper as one self-contained object.

It is written before the PDF exists and before anybody knows when and under which name the paper will be filed. So it
holds what is settled by then: the paper with its numbers, the rows it was made of, and the digest of the Word file
beside it in the PDF. The PDF's own digest cannot stand inside it; record and manifest in the archive have it. What both
records say, they say alike.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

from pipeline.core.values import MergedDocument
from pipeline.filing.known import known_of
from pipeline.filing.record import rows_of

FORMAT = "gongwen-enclosed-record/1"


def enclosed_record(merged: MergedDocument, retention: str, program: str) -> bytes:
    """The record of ``merged`` as JSON, equal for equal input; ``program`` is the version that made it."""
    known = known_of(merged.numbered, retention)
    content = {
        "format": FORMAT,
        "program": program,
        "paper": {name: value.isoformat() if isinstance(value, date) else value for name, value in known.items()},
        "files": {"docx": {"sha256": hashlib.sha256(merged.docx).hexdigest(), "size": len(merged.docx)}},
        "data": list(rows_of(merged.numbered.record)),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
