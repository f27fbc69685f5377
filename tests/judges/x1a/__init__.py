"""The rules of PDF/X-1a:2001 and PDF/X-1a:2003.

Most are those of PDF/X-4, which are stricter or equal: page boxes, fonts, actions, the output
intent. The modules here have what differs: the version, and that there is nothing but CMYK, grey
and spot colours, without transparency.

The `basis` of a rule names the requirement of ISO 15930-1:2001 and ISO 15930-4:2003 by its subject.
"""

from x4 import RULES as X4_RULES
from x4 import Document, Violation

from . import colour, file, transparency  # noqa: F401 (they register rules)
from .rules import OWN_RULES

# PDF/X-4 names itself elsewhere, and its colours may have profiles.
REPLACED = {"header", "info-version", "xmp-version", "device-rgb", "icc-profile", "icc-cmyk-twin"}

RULES = [rule for rule in X4_RULES if rule.id not in REPLACED] + OWN_RULES


def violations(document: Document) -> list[Violation]:
    """All violations of the rules in a file."""
    return [Violation(rule, message) for rule in RULES for message in rule.function(document)]
