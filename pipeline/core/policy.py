"""A rule of a source document (制度): what it says, in words and figures, and how an office holds to it.

The sources differ (a term of three years or of five), so a policy has options and the office chooses; no figure is a
constant in code. A breach always cites document and clause, in words the secretary can look up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from pipeline.core.findings import Severity

Steps = Mapping[str, str]
"""Step of a procedure to the field of the paper that holds its day."""


@dataclass(frozen=True, slots=True)
class Option:
    """What one source says. ``figures`` are its numbers as the policy's file names them; shares are texts ("4/5"),
    lists are tuples."""

    id: str
    source: str
    clause: str
    text: str
    figures: Mapping[str, object]

    @property
    def cited(self) -> str:
        """``《在全区实行社区“兼职委员制”的实施意见》（铜王组发〔2020〕50号）二（二）``."""
        title, bracket, rest = self.source.rpartition("（")
        numbered = bracket and rest.endswith(("号）", "日）"))
        return f"《{title}》（{rest}{self.clause}" if numbered else f"《{self.source}》{self.clause}"


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule with every option the sources give. ``papers`` says per kind which field holds the day of a step."""

    id: str
    name: str
    about: str
    severity: Severity
    options: tuple[Option, ...]
    papers: Mapping[str, Steps] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A policy as it holds in an office: the option chosen, and what a breach is."""

    policy: Policy
    option: Option
    severity: Severity

    @cached_property
    def steps(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """By kind, the steps whose days its papers tell, in the order of the option, each with its field."""
        order = self.words("steps")
        return {
            kind: [(step, fields[step]) for step in order if step in fields]
            for kind, fields in self.policy.papers.items()
        }

    def number(self, figure: str) -> int:
        """A whole number of the option; 0 where it says nothing of it."""
        value = self.option.figures.get(figure, 0)
        assert isinstance(value, int)
        return value

    def share(self, figure: str) -> Fraction:
        """A share or ratio of the option; 0 where it says nothing of it."""
        return Fraction(str(self.option.figures.get(figure, 0)))

    def words(self, figure: str) -> tuple[str, ...]:
        """A list of words of the option."""
        value = self.option.figures.get(figure, ())
        assert isinstance(value, tuple)
        return value
