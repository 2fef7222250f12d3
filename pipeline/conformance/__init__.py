"""Conformance to GB/T 9704-2012, measured in mm on the finished PDF: ``audit(measure(pdf))``.

``measure`` reads geometry and knows nothing of official papers; ``audit`` names the parts and checks clause by clause
and knows nothing of PDF. Works on anybody's PDF, not only on ours.
"""

from pipeline.conformance.audit import audit
from pipeline.conformance.clause import Clause, Verdict
from pipeline.conformance.geometry import Paper
from pipeline.conformance.misplaced import refuse_misplaced
from pipeline.conformance.parts import Format
from pipeline.conformance.reading import measure

__all__ = ["Clause", "Format", "Paper", "Verdict", "audit", "measure", "refuse_misplaced"]
