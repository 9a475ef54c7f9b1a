"""The organisation's workbook: read, shown as what it would change, imported, handed out."""

from sqlmodel import Session

from dialogs import events
from dialogs.documents.faults import RosterFaults
from dialogs.documents.roster import Roster, read_roster, write_roster
from dialogs.documents.roster_difference import Difference, compare
from dialogs.documents.workbook import Page, write_sheets
from dialogs.errors import Refused
from dialogs.messages import SOURCE, plain_words
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import Language
from storage import imports, organisation
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.recorder.pages import in_pages
from storage.recorder.postings import tell
from storage.vault.keys import close_for_others

WIDTH = 90  # letters of the paper's one column


@prepare.register
def read_workbook(event: events.RosterSent, occasion: Occasion) -> Roster:
    """Read the workbook; raise Refused with what is wrong in it."""
    try:
        return read_roster(occasion.file or b"")
    except RosterFaults as faults:
        raise all_at_once(faults, occasion.language) from None


def all_at_once(faults: RosterFaults, language: Language) -> Refused:
    """Say every fault in one message, as far as it holds them."""
    lines: list[Sayable] = [fault.phrase for fault in faults.faults]
    first = in_pages(lines, language)[0]
    if len(first) == len(lines):
        return Refused("roster_faults_listed", count=len(lines), faults=Listing(first))
    more = len(lines) - len(first)
    return Refused("roster_faults_begun", count=len(lines), faults=Listing(first), more=more)


@record.register
def roster_sent(
    event: events.RosterSent, session: Session, occasion: Occasion, prepared: Roster
) -> Outcome:
    """Show what a workbook would change, and keep it until the word is given."""
    return Outcome(shown(session, prepared, occasion))


def shown(session: Session, roster: Roster, occasion: Occasion) -> list[Reply]:
    """Show what a workbook would change, with the button that lets it be."""
    organisation.must_leave_a_clerk(session, roster)
    difference = compare(organisation.remembered(session), roster)
    if not difference.changes:
        return [Reply([Phrase("roster.unchanged"), *missing(difference)])]
    pending = imports.keep(
        session,
        roster,
        person=occasion.person,
        shown=difference.mark,
        keys=occasion.keys,
        now=occasion.now,
    )
    button = Button(Phrase("roster.confirm"), Go(Action.CONFIRM_ROSTER, pending.id.hex))
    head = Phrase("roster.difference", {"count": len(difference.changes)})
    pages = in_pages(difference.lines, occasion.language)
    foot = Phrase("roster.nothing_yet", {"until": occasion.today + imports.WAITS})
    if len(pages) == 1:
        return [Reply([head, Listing(pages[0]), foot], [[button]])]
    counts = [line for line in difference.lines if line.key.startswith("roster.part_")]
    paper = Paper(named("roster.difference_file", occasion), on_paper(difference))
    return [
        Reply([Phrase("roster.all_lines")], paper=paper),
        Reply([head, Listing(counts), foot], [[button]]),
    ]


def missing(difference: Difference) -> list[Sayable]:
    """Name what is remembered and not in the workbook, if anything."""
    return [Listing(difference.part("missing")[:40])] if difference.missing else []


def on_paper(difference: Difference) -> bytes:
    """Write every line down, for a difference no message holds."""
    lines = [(plain_words(line, SOURCE),) for line in difference.lines]
    title = plain_words(Phrase("roster.difference_title"), SOURCE)
    return write_sheets([Page(title, [(title, WIDTH)], lines)])


def named(key: str, occasion: Occasion) -> str:
    """Name a file by the day."""
    return plain_words(Phrase(key, {"day": occasion.today}), SOURCE)


@record.register
def roster_confirmed(
    event: events.RosterConfirmed, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Import exactly what was shown, once; if that has become another thing, show it anew."""
    pending = imports.find(session, event.pending, person=occasion.person, now=occasion.now)
    roster = imports.opened(pending, keys=occasion.keys)
    difference = compare(organisation.remembered(session), roster)
    if difference.mark != pending.shown:
        anew = [say("roster.changed_meanwhile"), *shown(session, roster, occasion)]
        return Outcome(anew, marks=())
    taken = organisation.take_over(session, roster, today=occasion.today)
    close_for_others(session, today=occasion.today)
    session.delete(pending)
    tell(
        session,
        taken.begun,
        taken.over,
        keys=occasion.keys,
        now=occasion.now,
        today=occasion.today,
    )
    return Outcome(
        [
            say(
                "roster.imported",
                units=taken.units,
                posts=taken.posts,
                people=taken.people,
                appointments=taken.appointments,
                changes=len(difference.changes),
            )
        ],
        marks=(),
    )


@record.register
def roster_export_asked(
    event: events.RosterExportAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Hand the workbook out as it stands today."""
    content = write_roster(organisation.remembered(session))
    return Outcome(
        [Reply([Phrase("roster.exported")], paper=Paper(named("roster.file", occasion), content))]
    )
