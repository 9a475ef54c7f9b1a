"""組織: who leads a unit and holds its posts, and who is in the leading group."""

from dialogs.asking import choose
from dialogs.engine import Dialogue
from dialogs.events import OrganisationAsked
from dialogs.facts import UnitsToSee
from dialogs.prompts import Option
from dialogs.speech import Phrase

GROUP = Option("group", Phrase("organisation.group"))


def show_organisation(seen: UnitsToSee) -> Dialogue[OrganisationAsked]:
    """Choose the leading group or a unit; who may see several."""
    units = [Option(str(unit.unit)[:8], unit.name, unit.unit) for unit in seen.units]
    unit = yield from choose("organisation.which", [GROUP, *units], columns=2)
    return OrganisationAsked(unit)
