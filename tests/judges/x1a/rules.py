"""The list of rules that only PDF/X-1a has."""

from collections.abc import Callable

from x4.rule import CheckFunction, Rule, rule

OWN_RULES: list[Rule] = []


def x1a_rule(id: str, basis: str) -> Callable[[CheckFunction], CheckFunction]:
    """Registers a function as a rule of PDF/X-1a; its docstring is the requirement."""
    return rule(id, basis, OWN_RULES)
