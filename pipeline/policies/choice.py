"""Which rules hold in an office: of each policy the option it chose, or the first; none of a policy switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Severity
from pipeline.core.messages import _
from pipeline.core.policy import Option, Policy, Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """What an office says of one policy: its options by id (none: the first one), and "error", "warning", "off" or ""
    for the severity the policy itself names."""

    options: tuple[str, ...] = ()
    severity: str = ""


def chosen(policies: Iterable[Policy], choices: Mapping[str, Choice]) -> tuple[Rule, ...]:
    """The rules that hold, in the order of the policies. Raises ``ConfigurationError`` for a name nobody knows."""
    known = {policy.id: policy for policy in policies}
    strange = sorted(choices.keys() - known.keys())
    if strange:
        raise ConfigurationError(
            _("没有叫“{name}”的制度").format(name=strange[0]),
            where=f"gongwen.toml: [policies.{strange[0]}]",
            remedy=_("可以写的有：{names}").format(names=_("、").join(known)),
        )
    rules: list[Rule] = []
    for policy in known.values():
        choice = choices.get(policy.id, Choice())
        if choice.severity != "off":
            severity = Severity(choice.severity) if choice.severity else policy.severity
            rules.extend(Rule(policy, option, severity) for option in _options(policy, choice))
    return tuple(rules)


def _options(policy: Policy, choice: Choice) -> list[Option]:
    known = {option.id: option for option in policy.options}
    for name in choice.options:
        if name not in known:
            raise ConfigurationError(
                _("制度“{policy}”没有叫“{name}”的选项").format(policy=policy.name, name=name),
                where=f"gongwen.toml: [policies.{policy.id}]",
                remedy=_("可以写的有：{names}").format(names=_("、").join(known)),
            )
    return [known[name] for name in choice.options] or [policy.options[0]]
