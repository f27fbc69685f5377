"""The rules of PDF/X-4, one module per subject.

The `basis` of a rule names the requirement of ISO 15930-7:2010 by its subject and
the clause of ISO 32000-1:2008 that defines the construct. Rules whose id begins
with `house-` require more than the standard.
"""

from . import colour, features, file, fonts, intent, metadata, pages  # noqa: F401 (they register rules)
from .document import Document
from .rule import RULES, Violation


def violations(document: Document) -> list[Violation]:
    """All violations of the rules in a file."""
    return [Violation(rule, message) for rule in RULES for message in rule.function(document)]
