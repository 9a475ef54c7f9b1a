"""A draft that alleges a breach of duty or a crime becomes a case in the vault."""

from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.recusal import readers
from dialogs.speech import Listing, Phrase, say
from dialogs.vocabulary import Accused, CaseKind, Language, UnitKind
from storage import warnings
from storage.occasion import Occasion
from storage.recorder.case_pings import tell_of_lead
from storage.recorder.outcome import Outcome, prepare, record
from storage.recorder.warnings import mover, reason_lines
from storage.tables import Unit
from storage.vault import cases, keys, recovery


@prepare.register
def seal_lead(
    event: events.WarningMadeLead, occasion: Occasion
) -> tuple[events.ComplaintLodged, cases.Prepared]:
    """Seal what a draft alleges to the handlers who do not stand aside."""
    with occasion.shelf.reading() as session:
        warning = warnings.to_read(session, event.warning, occasion)
        if warning.unit_id is None:
            raise Refused("warning_not_there", state=warning.state)
        lodged = events.ComplaintLodged(
            accused=accused_in(session, warning.unit_id),
            kind=CaseKind.REPORT,
            account=account_of(session, event, occasion),
            unit=warning.unit_id,
            person=warning.person_id,
            assisted=True,
        )
        left = readers(
            keys.handlers(session, today=occasion.today),
            accused=(lodged.person,) if lodged.person else (),
            named=(),
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
    """Write the account of a lead: why it is one, and what the draft rested on."""
    warning = warnings.find(session, event.warning)
    told = warnings.told(session, warning)
    said = Phrase(
        "warning.lead_account",
        {
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
    """Put the lead into the vault; the draft keeps nothing of it, the accused hears nothing."""
    lodged, sealed = prepared
    warning = warnings.find(session, event.warning)
    warnings.leave(session, warning, mover(occasion), seen=event.seen)
    case = cases.lodge(
        *(session, sealed, lodged),
        today=occasion.today,
        calendar=occasion.calendar,
        clerk=occasion.person,
    )
    tell_of_lead(session, case, occasion=occasion)
    return Outcome([say("warning.made_lead", number=case.number)], about=warning.id.hex)
