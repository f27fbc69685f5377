"""What a rule is, and the list of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .document import Document

Examination = Callable[[Document], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """One requirement; `examine` yields a message for each breach of it."""

    id: str
    basis: str
    states: str
    examine: Examination


@dataclass(frozen=True)
class Breach:
    """A rule, and how a file breaks it."""

    rule: Rule
    message: str


RULES: list[Rule] = []


def rule(id: str, basis: str) -> Callable[[Examination], Examination]:
    """Registers an examination; its docstring is what the rule states."""

    def register(examine: Examination) -> Examination:
        RULES.append(Rule(id, basis, examine.__doc__ or "", examine))
        return examine

    return register
