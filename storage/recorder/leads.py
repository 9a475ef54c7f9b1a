"""What a warning alleges of a breach of duty or a crime becomes a case in the vault."""

from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.recusal import readers
from dialogs.rules.warning import ON_THE_DESK
from dialogs.speech import Listing, Phrase, say
from dialogs.vocabulary import Accused, CaseKind, Language, UnitKind, WarningMove
from storage import people, warnings
from storage.occasion import Occasion
from storage.recorder.case_pings import tell_of_lead
from storage.recorder.outcome import Outcome, prepare, record
from storage.recorder.warnings import mover, reason_lines
from storage.subjects import number_of
from storage.tables import Unit
from storage.vault import cases, keys, recovery, recusals


@prepare.register
def seal_lead(
    event: events.WarningMadeLead, occasion: Occasion
) -> tuple[events.ComplaintLodged, cases.Prepared]:
    """Seal what a warning alleges to the handlers who do not stand aside.

    Whom the note names does, and where no person is meant the relatives of who works in the unit.
    """
    with occasion.shelf.reading() as session:
        warning = warnings.to_read(session, event.warning, occasion)
        if warning.unit_id is None:
            raise Refused("warning_not_there", state=warning.state)
        aside = {*recusals.named_in(session, event.note, occasion)}
        if warning.person_id is None:
            aside |= {*people.working_in(session, warning.unit_id, today=occasion.today)}
        lodged = events.ComplaintLodged(
            accused=accused_in(session, warning.unit_id),
            kind=CaseKind.REPORT,
            account=account_of(session, event, occasion),
            unit=warning.unit_id,
            person=warning.person_id,
            recused=tuple(aside),
            assisted=True,
        )
        left = readers(
            keys.handlers(session, today=occasion.today),
            accused=(lodged.person,) if lodged.person else (),
            named=aside,
            unit=lodged.unit,
        )
        spare = recovery.spares(session)
    if not left:
        raise Refused("too_few_handlers")
    return lodged, cases.prepare(lodged, readers=[*left, *spare], keys=occasion.keys)


def accused_in(session: Session, unit: UUID) -> Accused:
    """Say what kind of official works in a unit."""
    match session.get_one(Unit, unit).kind:
        case UnitKind.VILLAGE:
            return Accused.VILLAGE_CADRE
        case UnitKind.OFFICE:
            return Accused.TOWN_STAFF


def account_of(session: Session, event: events.WarningMadeLead, occasion: Occasion) -> str:
    """Write the account of a lead: of which warning, why it is one, and what that rests on."""
    warning = warnings.find(session, event.warning)
    told = warnings.told(session, warning)
    origin = Phrase("warning.lead_of_draft")
    if warning.state not in ON_THE_DESK:
        origin = Phrase("warning.lead_beside", {"number": number_of(warning)})
    said = Phrase(
        "warning.lead_account",
        {
            "origin": origin,
            "unit": told.unit,
            "post": told.post or Phrase("engine.none"),
            "name": told.person or Phrase("engine.none"),
            "note": event.note,
            "reasons": Listing(reason_lines(session, warning, occasion=occasion)),
        },
    )
    return plain_words(said, Language.ZH_HANT)


@record.register
def made_a_lead(
    event: events.WarningMadeLead,
    session: Session,
    occasion: Occasion,
    prepared: tuple[events.ComplaintLodged, cases.Prepared],
) -> Outcome:
    """Put the lead into the vault, and let the accused hear nothing.

    A draft keeps nothing of it; on a warning that was issued nothing is written.
    """
    lodged, sealed = prepared
    warning = warnings.find(session, event.warning)
    if warning.state in ON_THE_DESK:
        warnings.leave(session, warning, mover(occasion), seen=event.seen)
        made = "warning.made_lead"
    else:
        move = WarningMove.OPEN_LEAD
        warnings.must_take(session, warning, move, mover(occasion), seen=event.seen)
        made = "warning.opened_lead"
    case = cases.lodge(
        *(session, sealed, lodged),
        today=occasion.today,
        calendar=occasion.calendar,
        clerk=occasion.person,
    )
    tell_of_lead(session, case, occasion=occasion)
    return Outcome([say(made, number=case.number)], about=warning.id.hex)
