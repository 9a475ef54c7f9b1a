"""The rules by which the machine drafts warnings, a family a file; people issue or drop them.

To add one, see docs/howto/add-a-warning-rule.md; the rulebook is docs/warning-rules.md.
"""

from dialogs.rules.signals import climbing, late, procedure, served
from dialogs.rules.signals.looking import (
    GRAVITY,
    RULES,
    UNVERIFIED,
    Earlier,
    Fact,
    Look,
    Rule,
    Sign,
    Suggestion,
    Why,
    numbers_used,
)
from dialogs.rules.signals.suggesting import suggest

FAMILIES = (late, served, procedure, climbing)  # importing a family enters its rules

__all__ = [
    "FAMILIES",
    "GRAVITY",
    "RULES",
    "UNVERIFIED",
    "Earlier",
    "Fact",
    "Look",
    "Rule",
    "Sign",
    "Suggestion",
    "Why",
    "numbers_used",
    "suggest",
]
