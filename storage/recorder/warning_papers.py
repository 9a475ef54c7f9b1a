"""The papers of a warning and its ledger, filled before any lock is held, then handed out."""

from sqlmodel import Session

from dialogs import events
from dialogs.documents import warning_papers as documents
from dialogs.documents.warning_ledger import warning_ledger
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.speech import Paper, Phrase, Reply
from dialogs.vocabulary import WarningPaper
from storage import warnings
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record


@prepare.register
def fill_paper(event: events.WarningPaperAsked, occasion: Occasion) -> bytes:
    """Read a warning and fill the paper; raise Refused where there is none of it yet."""
    with occasion.shelf.reading() as session:
        warning = warnings.to_read(session, event.warning, occasion)
        one = warnings.on_file(session, warning, keys=occasion.keys, zone=occasion.zone)
    match event.paper:
        case WarningPaper.NOTICE if one.number:
            return documents.notice(one, town=occasion.town)
        case WarningPaper.REPLY if one.reply:
            return documents.reply(one, town=occasion.town)
        case WarningPaper.LIFTING if one.lifted_on:
            return documents.lifting(one, town=occasion.town)
        case _:
            raise Refused("warning_without_papers")


@record.register
def paper_handed_out(
    event: events.WarningPaperAsked, session: Session, occasion: Occasion, prepared: bytes
) -> Outcome:
    """Hand a paper of a warning out, if it still may be."""
    warning = warnings.to_read(session, event.warning, occasion)
    values = {"paper": event.paper, "number": warning.number or ""}
    name = plain_words(Phrase("warning.paper_file", values), occasion.language)
    given = Reply([Phrase("warning.paper_given", values)], paper=Paper(name, prepared))
    return Outcome([given], about=warning.id.hex)


@prepare.register
def write_ledger(event: events.WarningLedgerAsked, occasion: Occasion) -> tuple[int, bytes]:
    """Read the warnings and write their ledger."""
    with occasion.shelf.reading() as session:
        issued = warnings.issued_on_file(
            session,
            occasion.person,
            occasion.standing,
            today=occasion.today,
            keys=occasion.keys,
            zone=occasion.zone,
        )
    return len(issued), warning_ledger(issued)


@record.register
def ledger_handed_out(
    event: events.WarningLedgerAsked,
    session: Session,
    occasion: Occasion,
    prepared: tuple[int, bytes],
) -> Outcome:
    """Hand the ledger of warnings out."""
    count, content = prepared
    name = plain_words(Phrase("warning.ledger_file", {"day": occasion.today}), occasion.language)
    given = Phrase("warning.ledger_given", {"count": count})
    return Outcome([Reply([given], paper=Paper(name, content))], about="all")
