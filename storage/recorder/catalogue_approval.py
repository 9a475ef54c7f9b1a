"""Entries of the catalogues approved or sent back, one by one or several in one step."""

from collections import defaultdict
from uuid import UUID

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply
from dialogs.vocabulary import EntryState
from storage import catalogues, letters
from storage.catalogues import Row
from storage.occasion import Occasion
from storage.recorder.catalogues import name_of
from storage.recorder.outcome import Outcome, record


@record.register
def entry_decided(
    event: events.EntryDecided, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Approve a version or send it back, and tell who wrote it; nobody approves their own."""
    row = catalogues.find(session, event.entry)
    must_be_theirs(session, row, Action.DECIDE_ENTRY, occasion=occasion)
    catalogues.decide(session, row, by=occasion.person, now=occasion.now, comment=event.comment)
    name = name_of(row)
    if event.comment is None:
        word = Phrase("entry.approved", {"name": name, "version": row.version})
    else:
        word = Phrase(
            "entry.sent_back", {"name": name, "version": row.version, "comment": event.comment}
        )
    if row.written_by:
        button = Button(Phrase("entry.read"), Go(Action.OPEN_ENTRY, row.id.hex))
        letters.tell(
            session,
            [row.written_by],
            Reply([word], [[button]]),
            keys=occasion.keys,
            now=occasion.now,
        )
    more = Button(Action.REVIEW_ENTRIES, Go(Action.REVIEW_ENTRIES))
    return Outcome([Reply([word], [[more]])])


@record.register
def entries_approved(
    event: events.EntriesApproved, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Approve several versions, all of them or none; each is written with who and when."""
    of_writer: dict[UUID, list[Row]] = defaultdict(list)
    for one in event.entries:
        row = catalogues.find(session, one)
        must_be_theirs(session, row, Action.APPROVE_ENTRIES, occasion=occasion)
        if row.state is not EntryState.DRAFT:
            raise Refused("one_decided", name=name_of(row), state=row.state)
        catalogues.decide(session, row, by=occasion.person, now=occasion.now)
        if row.written_by:
            of_writer[row.written_by].append(row)
    for writer, rows in of_writer.items():
        names = Listing([Phrase("entry.approved_line", {"name": name_of(row)}) for row in rows])
        word = Phrase("entry.were_approved", {"count": len(rows), "names": names})
        letters.tell(session, [writer], Reply([word]), keys=occasion.keys, now=occasion.now)
    more = Button(Action.REVIEW_ENTRIES, Go(Action.REVIEW_ENTRIES))
    done = Phrase("entry.all_approved", {"count": len(event.entries)})
    return Outcome([Reply([done], [[more]])])


def must_be_theirs(session: Session, row: Row, action: Action, *, occasion: Occasion) -> None:
    """Raise Refused unless a version that waits is for this person to approve."""
    occasion.must_reach(action, row.unit_id)
    if row.state is EntryState.DRAFT and occasion.person not in catalogues.approvers(
        session, row, today=occasion.today
    ):
        raise Refused("own_entry")
