"""制度目錄: a rule of one of the six systems, with its document as text or as a file."""

from dialogs.asking import choose, day, review, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.events import RuleWritten, UnitChosen
from dialogs.facts import RuleEntry, UnitCatalogue
from dialogs.flows.catalogue_writing import was, which_unit
from dialogs.prompts import Attachment, Handing, Option
from dialogs.rules.access import Action
from dialogs.rules.entries import MOST_FILE, MOST_NAME, MOST_RULE
from dialogs.speech import Phrase
from dialogs.vocabulary import RuleSystem


def write_rule(at_hand: UnitCatalogue) -> Dialogue[RuleWritten | UnitChosen]:
    """Ask for a rule of one of the six systems, and for its document."""
    if at_hand.unit is None:
        return (yield from which_unit(Action.WRITE_RULE, at_hand))
    there = {rule.system: rule for rule in at_hand.rules}
    options = [
        Option(one.value, Phrase("rule.there", {"system": one}) if one in there else one, one)
        for one in RuleSystem
    ]
    system = yield from choose("rule.system", options, unit=at_hand.unit.name)
    former = there.get(system)
    title = yield from write(
        "rule.title", at_most=MOST_NAME, proposed=was(former, "title"), system=system
    )
    number = yield from write_or_skip(
        "rule.number", at_most=MOST_NAME, proposed=was(former, "number")
    )
    in_force = yield from day("rule.in_force", proposed=former.in_force if former else None)
    documented = bool(former and former.text) or system in at_hand.filed
    text, file, keeps = yield from ask_document(former, documented=documented)
    yield from review("rule.review", unit=at_hand.unit.name)
    entry = RuleEntry(at_hand.code, system, title, number or "", in_force, text)
    return RuleWritten(entry, file, keeps_file=keeps)


def ask_document(
    former: RuleEntry | None, *, documented: bool
) -> Dialogue[tuple[str, Attachment | None, bool]]:
    """Ask for the document: written here, sent as a file, the one there is, or later."""
    ways = ["text", "file", "keep" if documented else "later"]
    options = [Option(way, Phrase(f"rule.by_{way}"), way) for way in ways]
    way = yield from choose("rule.document", options)
    match way:
        case "text":
            written = yield from write(
                "rule.text", at_least=10, at_most=MOST_RULE, proposed=was(former, "text")
            )
            return written, None, False
        case "file":
            sent = yield Handing(key="rule.file", kinds=("document",), at_most=MOST_FILE)
            return "", sent, False
        case "keep":
            return former.text if former else "", None, True
        case _:
            return "", None, False
