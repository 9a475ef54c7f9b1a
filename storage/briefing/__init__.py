"""What a dialogue is told before it begins, read from what we remember; a topic a file."""

from storage.briefing import (  # noqa: F401 - each marks what it tells
    audit_log,
    backtest,
    broadcasts,
    calendar,
    cases,
    catalogues,
    grading,
    joining,
    matters,
    monitoring,
    organisation,
    papers,
    questionnaires,
    reminders,
    risks,
    self_checks,
    simple,
    warnings,
)
from storage.briefing.telling import BRIEFS, brief, recall

__all__ = ["BRIEFS", "brief", "recall"]
