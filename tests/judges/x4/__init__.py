"""The rules of PDF/X-4, one module for each subject.

A rule's `basis` names the requirement of ISO 15930-7:2010 by its subject and
the clause of ISO 32000-1:2008 that defines the construct it speaks of. Rules
whose id begins with `house-` ask for more than the standard does.
"""

from . import colour, features, file, fonts, intent, metadata, pages  # noqa: F401 (they register rules)
from .document import Document
from .rule import RULES, Breach


def breaches(document: Document) -> list[Breach]:
    """All that the rules have to say about a file."""
    return [Breach(rule, message) for rule in RULES for message in rule.examine(document)]
