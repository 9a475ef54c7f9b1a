"""Every action that hands out a file of what is on record is noted as an export."""

import ast
from collections.abc import Iterator
from pathlib import Path

from dialogs.rules.access import EXPORTS, Action, verdict_of
from dialogs.vocabulary import Verdict
from tests.house.places import ROOT

HANDING = {"Paper", "enclosed"}  # what a recorder hands a file out with
RECORDERS = ROOT / "storage" / "recorder"

# Which event hands out a file, and by which action it comes about.
EXPORTED = {
    "OfficialFormAsked": Action.FORMS,
    "LedgerAsked": Action.LEDGER,
    "RosterExportAsked": Action.EXPORT_ROSTER,
    "CataloguesAsked": Action.GIVE_CATALOGUE,
    "AnswersExported": Action.EXPORT_ANSWERS,
    "EvidenceAsked": Action.EVIDENCE,
    "RecipientsAsked": Action.RECIPIENTS,
    "UnreachedAsked": Action.UNREACHED,
    "LogTaken": Action.EXPORT_LOG,
    "KeysTaken": Action.TAKE_KEYS,
    "WarningPaperAsked": Action.WARNING_PAPER,
    "WarningLedgerAsked": Action.WARNING_LEDGER,
}
NO_EXPORT = {
    "SelfChecked": "the form of what the person has just said themselves",
    "EntryOpened": "the picture or document of one entry, as it is read in the chat",
    "RosterSent": "what the workbook just sent would change",
    "RosterConfirmed": "what it would change by now, where that is no longer what was shown",
    "WarningEvidenceAsked": "what came with a reply, as a reviewer reads it in the chat",
    "FormSent": "what is wrong with the workbook just sent",
}


def test_every_event_that_hands_out_a_file_is_an_export_or_says_why_not() -> None:
    handing = {event for module in RECORDERS.glob("*.py") for event in events_with_a_file(module)}
    assert handing == EXPORTED.keys() | NO_EXPORT.keys()


def test_every_export_is_noted_as_one() -> None:
    assert set(EXPORTED.values()) == EXPORTS
    assert {verdict_of(action) for action in EXPORTED.values()} == {Verdict.EXPORTED}


def events_with_a_file(module: Path) -> Iterator[str]:
    """List the events whose recorders hand out a file, themselves or by what they call."""
    functions = {
        node.name: node
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    for node in functions.values():
        recorded = any(ast.unparse(one) == "record.register" for one in node.decorator_list)
        if recorded and HANDING & reached(node.name, functions, set()):
            event = node.args.args[0].annotation
            assert event is not None
            yield ast.unparse(event).rpartition(".")[2]


def reached(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> set[str]:
    """Gather the names that a function speaks of, and the functions of its module it speaks of."""
    seen.add(name)
    for node in ast.walk(functions[name]):
        if isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            if node.id in functions:
                reached(node.id, functions, seen)
    return seen
