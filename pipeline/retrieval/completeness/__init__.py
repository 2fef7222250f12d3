"""Completeness (迎检): what should exist for an organisation and a year, what is there, and what is wrong with it."""

from pipeline.retrieval.completeness.decide import checklist
from pipeline.retrieval.completeness.model import Case, Checklist, Duties, Entry, Section, State

__all__ = ["Case", "Checklist", "Duties", "Entry", "Section", "State", "checklist"]
