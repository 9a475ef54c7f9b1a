"""What is told about papers: the posts and units whose forms and ledger somebody may take."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules.access import Action, reaches
from storage.briefing.risks import within_reach
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Unit


@tells(Action.FORMS)
def forms_in_reach(session: Session, occasion: Occasion, subject: str) -> facts.FormsInReach:
    """Tell the posts and units whose forms the person may take; a button names one post."""
    whole = units_in_reach(session, occasion)
    ids = {unit.unit for unit in whole}
    posts = [
        post
        for post in within_reach(session, occasion, Action.FORMS)
        if post.unit in ids or post.post in occasion.standing.posts
    ]
    if not subject:
        return facts.FormsInReach(posts, whole)
    named = [post for post in posts if post.post == identity(subject)]
    if not named:
        raise Refused("not_your_unit")
    return facts.FormsInReach(named, ())


@tells(Action.LEDGER)
def ledgers_in_reach(session: Session, occasion: Occasion, subject: str) -> facts.LedgersInReach:
    """Tell the units whose ledger the person may take."""
    return facts.LedgersInReach(units_in_reach(session, occasion))


def units_in_reach(session: Session, occasion: Occasion) -> Sequence[facts.UnitNamed]:
    """Name the units of which the person may take every paper."""
    units = session.exec(select(Unit).order_by(col(Unit.kind), col(Unit.code)))
    return [
        facts.UnitNamed(unit.id, unit.name)
        for unit in units
        if reaches(occasion.standing, Action.LEDGER, unit.id)
    ]
