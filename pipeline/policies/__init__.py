"""The rules of the source documents (制度): read from TOML, chosen by the office, held against papers and years."""

from pipeline.policies.calendar import WorkingDays
from pipeline.policies.check import check
from pipeline.policies.choice import Choice, chosen
from pipeline.policies.circumstances import Circumstances, History
from pipeline.policies.due import Due, due
from pipeline.policies.load import load_policies
from pipeline.policies.membership import Member, in_office, members

__all__ = [
    "Choice",
    "Circumstances",
    "Due",
    "History",
    "Member",
    "WorkingDays",
    "check",
    "chosen",
    "due",
    "in_office",
    "load_policies",
    "members",
]
