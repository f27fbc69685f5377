"""A rule of PDF/X-4, and the list of all rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .document import Document

CheckFunction = Callable[[Document], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """One requirement; `function` yields a message for each violation of it."""

    id: str
    basis: str
    requirement: str
    function: CheckFunction


@dataclass(frozen=True)
class Violation:
    """A rule, and how a file violates it."""

    rule: Rule
    message: str


RULES: list[Rule] = []


def rule(id: str, basis: str, rules: list[Rule] = RULES) -> Callable[[CheckFunction], CheckFunction]:
    """Registers a function as a rule of PDF/X-4 or of another list; its docstring is the requirement."""

    def register(function: CheckFunction) -> CheckFunction:
        rules.append(Rule(id, basis, function.__doc__ or "", function))
        return function

    return register
