"""A villager brings a matter: whom it is about comes before what happened."""

from dialogs.asking import choose, review, tell, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.events import ComplaintLodged, SentElsewhere
from dialogs.facts import Township, UnitNamed
from dialogs.prompts import Option
from dialogs.rules.anonymity import tell_tales
from dialogs.rules.jurisdiction import is_ours
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import Accused, CaseKind

UNNAMED = Option("unnamed", Phrase("complaint.other_unit"))


def lodge_complaint(township: Township) -> Dialogue[ComplaintLodged | SentElsewhere]:
    """Ask whom it is about before asking what happened."""
    yield from tell("complaint.promise")
    accused = yield from choose("complaint.accused", Accused)
    if not is_ours(accused):
        return SentElsewhere()
    kind = yield from choose("complaint.kind", CaseKind, columns=2)
    options = [Option(str(unit.unit)[:8], unit.name, unit) for unit in township.units]
    unit: UnitNamed | None = yield from choose("complaint.unit", [*options, UNNAMED], columns=2)
    if unit and not unit.ours:
        return SentElsewhere()
    account = yield from write("complaint.account", at_least=6, at_most=3000)
    if tales := tell_tales(account):
        yield from tell("complaint.tell_tales", tales=Listing(tales, inline=True))
    contact = yield from write_or_skip("complaint.contact", at_most=200)
    yield from review("complaint.review")
    return ComplaintLodged(
        accused=accused,
        kind=kind,
        unit=unit.name if unit else "",
        account=account,
        contact=contact,
    )
