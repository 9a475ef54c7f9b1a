"""The workbook of catalogues in the chat: tried, taken over, given back."""

from collections.abc import Sequence

from sqlmodel import Session

from dialogs import events
from dialogs.documents.catalogues import Catalogues, read_catalogues, write_catalogues
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, say
from storage import catalogues, letters
from storage.catalogues import Change
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record

SHOWN = 40  # changes named in one message


@prepare.register
def read_workbook(event: events.CataloguesHanded, occasion: Occasion) -> Catalogues:
    """Read the workbook; raise Refused with everything that is wrong with it."""
    return read_catalogues(occasion.file or b"", event.known)


@record.register
def catalogues_handed(
    event: events.CataloguesHanded, session: Session, occasion: Occasion, prepared: Catalogues
) -> Outcome:
    """Take a workbook over, or, on trial, say what would change and write nothing."""
    changes = catalogues.take_over(session, prepared, by=occasion.person, now=occasion.now)
    said = changed(changes)
    if event.trial:
        raise Refused("catalogues_tried", changes=said)
    if not changes:
        return Outcome([say("catalogues.unchanged")])
    ask_approvals(session, changes, occasion=occasion)
    return Outcome([Reply([Phrase("catalogues.taken", {"count": len(changes)}), said])])


def changed(changes: Sequence[Change]) -> Listing:
    """Name what a workbook changes, the first of it."""
    if not changes:
        return Listing([Phrase("catalogues.unchanged")])
    lines = [
        Phrase(
            "catalogues.new" if change.new else "catalogues.renewed",
            {"kind": change.kind, "name": change.name, "version": change.row.version},
        )
        for change in changes[:SHOWN]
    ]
    if len(changes) > SHOWN:
        lines.append(Phrase("catalogues.and_more", {"count": len(changes) - SHOWN}))
    return Listing(lines)


def ask_approvals(session: Session, changes: Sequence[Change], *, occasion: Occasion) -> None:
    """Tell each of those who approve that something waits, once."""
    approvers = {
        person
        for change in changes
        for person in catalogues.approvers(session, change.row, today=occasion.today)
    }
    button = Button(Action.REVIEW_ENTRIES, Go(Action.REVIEW_ENTRIES))
    letters.tell(
        session,
        approvers,
        Reply([Phrase("catalogues.waits")], [[button]]),
        keys=occasion.keys,
        now=occasion.now,
    )


@record.register
def catalogues_asked(
    event: events.CataloguesAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Hand over the newest version of every entry as a workbook."""
    content = write_catalogues(catalogues.export(session))
    name = plain_words(Phrase("catalogues.name", {"day": occasion.today}), occasion.language)
    return Outcome([Reply([Phrase("catalogues.given")], paper=Paper(name, content))])
