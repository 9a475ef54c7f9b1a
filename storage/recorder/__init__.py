"""What came of a conversation, written down: one event in, what to say out; a topic a file.

`prepare` does the slow and pure part of an event before the books are opened; `record` writes.
"""

from storage.recorder import (  # noqa: F401 - each registers its events
    archive,
    audit_log,
    backtest,
    broadcasts,
    calendar,
    carried_keys,
    case_reading,
    cases,
    catalogue_approval,
    catalogue_exchange,
    catalogues,
    day,
    findings,
    grading,
    handler_keys,
    joining,
    leads,
    matter_pages,
    matters,
    measures,
    monitoring,
    notices,
    organisation,
    papers,
    postings,
    privacy,
    questionnaires,
    reminders,
    rosters,
    rounds,
    self_checks,
    warning_answers,
    warning_pages,
    warning_papers,
    warnings,
    work,
)
from storage.recorder.outcome import Outcome, prepare, record

__all__ = ["Outcome", "prepare", "record"]
