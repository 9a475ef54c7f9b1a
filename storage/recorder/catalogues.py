"""The catalogues: entries written, approved or sent back, read, and what is missing."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.documents.enclosures import file_name, kind_of
from dialogs.documents.flowchart import draw
from dialogs.errors import Refused
from dialogs.facts import Entry, PowerEntry, ProcessEntry
from dialogs.flows.catalogue_pages import chart_of, missing_counts, missing_lines, pages
from dialogs.rules.access import Action, reaches
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, say
from storage import catalogues, letters, people
from storage.catalogues import Row
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Power, Process, Rule, RuleFile, Unit

LISTED = 40  # entries offered in one message
UNITS_LISTED = 60


@record.register
def unit_chosen(
    event: events.UnitChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with the unit that was chosen."""
    return Outcome(then=Go(event.action, event.unit.hex))


@record.register
def entry_written(
    event: events.EntryWritten, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a new version of a power or process, and tell who approves it."""
    is_power = isinstance(event.entry, PowerEntry)
    action = Action.WRITE_POWER if is_power else Action.WRITE_PROCESS
    return written(session, occasion, event.entry, action)


@prepare.register
def check_document(event: events.RuleWritten, occasion: Occasion) -> RuleFile | None:
    """Look what kind of document a rule came with; raise Refused if it is none of ours."""
    if event.file is None or occasion.file is None:
        return None
    kind = kind_of(occasion.file)
    if kind is None:
        raise Refused("not_a_document")
    return RuleFile(name=file_name(event.file.name, kind), content=occasion.file)


@record.register
def rule_written(
    event: events.RuleWritten, session: Session, occasion: Occasion, prepared: RuleFile | None
) -> Outcome:
    """Write a new version of a rule with its document, and tell who approves it."""
    if prepared is not None:
        session.add(prepared)
        session.flush()
    return written(
        session,
        occasion,
        event.entry,
        Action.WRITE_RULE,
        file=prepared.id if prepared else None,
        keeps_file=event.keeps_file,
    )


def written(
    session: Session,
    occasion: Occasion,
    entry: Entry,
    action: Action,
    *,
    file: UUID | None = None,
    keeps_file: bool = True,
) -> Outcome:
    """Write a version down within one's reach, and ask for its approval."""
    unit = session.exec(select(Unit).where(Unit.code == entry.unit)).one()
    occasion.must_reach(action, unit.id)
    row = catalogues.write(
        session, entry, by=occasion.person, now=occasion.now, file=file, keeps_file=keeps_file
    )
    if row is None:
        return Outcome([say("entry.unchanged", name=entry.name)])
    thanks = Phrase("entry.written", {"name": entry.name, "version": row.version})
    asked = ask_approval(session, row, entry.name, unit.name, occasion=occasion)
    again = [Button(action, Go(action, unit.id.hex))]
    shown = [Button(Phrase("entry.read"), Go(Action.OPEN_ENTRY, row.id.hex))]
    return Outcome([Reply([thanks, asked], [shown, again])])


def ask_approval(session: Session, row: Row, name: str, unit: str, *, occasion: Occasion) -> Phrase:
    """Tell those who approve a version; say whether there is anybody."""
    kind = catalogues.kind_of(row)
    waits = Phrase("entry.waits", {"unit": unit, "kind": kind, "name": name})
    button = Button(Phrase("entry.read"), Go(Action.OPEN_ENTRY, row.id.hex))
    chosen = catalogues.approvers(session, row, today=occasion.today)
    told = letters.tell(
        session, chosen, Reply([waits], [[button]]), keys=occasion.keys, now=occasion.now
    )
    if told:
        return Phrase("entry.approver_told")
    return Phrase("entry.approver_absent" if chosen else "entry.no_approver")


def name_of(row: Row) -> str:
    """Say what a version is called."""
    return row.title if isinstance(row, Rule) else row.name


@prepare.register
def draw_process(event: events.EntryOpened, occasion: Occasion) -> Sequence[bytes]:
    """Draw the flowchart of a process that has steps."""
    content = event.shown.content
    if isinstance(content, ProcessEntry) and content.steps:
        return draw(chart_of(event.shown, content))
    return ()


@record.register
def entry_opened(
    event: events.EntryOpened, session: Session, occasion: Occasion, prepared: Sequence[bytes]
) -> Outcome:
    """Show an entry: what it says, its picture or its document, and what can be done with it."""
    shown = event.shown
    row = catalogues.find(session, shown.entry)
    inside = reaches(occasion.standing, Action.READ_CATALOGUE, row.unit_id)
    if not inside and not catalogues.is_public(session, row):
        raise Refused("entry_not_public")
    said = [Reply(page) for page in pages(shown)]
    titled = Phrase("entry.chart", {"name": shown.content.name})
    said += [
        Reply([titled], paper=Paper(f"{shown.content.name}-{number}.png", picture, picture=True))
        for number, picture in enumerate(prepared, 1)
    ]
    if file := catalogues.file_of(session, row):
        said.append(Reply([shown.content.name], paper=Paper(file.name, file.content)))
    buttons = [
        [Button(Phrase("entry.earlier", {"version": version}), Go(Action.OPEN_ENTRY, one.hex))]
        for version, one in shown.earlier
    ]
    if shown.to_decide:
        decide = Button(Action.DECIDE_ENTRY, Go(Action.DECIDE_ENTRY, shown.entry.hex))
        buttons.insert(0, [decide])
    last = said[-1]
    return Outcome([*said[:-1], Reply(last.phrases, buttons, last.paper)])


@record.register
def public_entries_asked(
    event: events.PublicEntriesAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List what a unit does and how, for anybody."""
    rows: list[Row] = [
        one.row
        for table in (Process, Power)
        for one in catalogues.read(
            session, table, col(table.unit_id) == event.unit, catalogues.published(table)
        )
    ]
    if not rows:
        raise Refused("nothing_published")
    unit = session.get_one(Unit, event.unit).name
    title = Phrase("look_up.title", {"unit": unit, "count": len(rows)})
    return Outcome(listed(title, [public_button(row) for row in rows]))


@record.register
def unit_entries_asked(
    event: events.UnitEntriesAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List the newest version of everything in a unit's catalogues."""
    occasion.must_reach(Action.READ_CATALOGUE, event.unit)
    rows = [
        one.row
        for table in (Power, Process, Rule)
        for one in catalogues.read(
            session, table, col(table.unit_id) == event.unit, catalogues.latest(table)
        )
    ]
    unit = session.get_one(Unit, event.unit).name
    if not rows:
        return Outcome([say("catalogue.empty", unit=unit)], about=event.unit.hex)
    title = Phrase("catalogue.title", {"unit": unit, "count": len(rows)})
    entries = listed(title, [entry_button(row) for row in rows])
    return Outcome(entries, about=event.unit.hex)


@record.register
def entries_to_review_asked(
    event: events.EntriesToReviewAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """List what waits for one's approval."""
    rows = catalogues.waiting_for(session, occasion.person, occasion.standing, today=occasion.today)
    if not rows:
        return Outcome([say("entry.nothing_waits")])
    title = Phrase("entry.waiting", {"count": len(rows)})
    several = [[Button(Action.APPROVE_ENTRIES, Go(Action.APPROVE_ENTRIES))]]
    buttons = [*(several if len(rows) > 1 else []), *(entry_button(row) for row in rows)]
    return Outcome(listed(title, buttons))


def public_button(row: Row) -> Sequence[Button]:
    """Offer an entry to anybody."""
    said = {"kind": catalogues.kind_of(row), "name": name_of(row)}
    return button_of(row, Phrase("look_up.listed", said))


def entry_button(row: Row) -> Sequence[Button]:
    """Offer an entry with its state, to those inside."""
    said = {"kind": catalogues.kind_of(row), "name": name_of(row), "state": row.state}
    return button_of(row, Phrase("catalogue.listed", said))


def button_of(row: Row, says: Phrase) -> Sequence[Button]:
    """Offer to open an entry."""
    return [Button(says, Go(Action.OPEN_ENTRY, row.id.hex))]


def listed(title: Phrase, buttons: Sequence[Sequence[Button]]) -> Sequence[Reply]:
    """Lay many buttons out over as many messages as they need."""
    starts = range(0, len(buttons), LISTED)
    return [Reply([title], buttons[start : start + LISTED]) for start in starts]


@record.register
def missing_asked(
    event: events.MissingAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say what is missing: in one unit item by item, in several by their counts."""
    units = [
        unit
        for unit in people.units(session)
        if event.unit in (None, unit.id)
        and reaches(occasion.standing, Action.MISSING_ENTRIES, unit.id)
    ]
    if not units:
        raise Refused("not_your_unit")
    lacks = catalogues.missing_by_unit(session, [unit.id for unit in units])
    if len(units) == 1:
        unit, lacking = units[0].name, lacks[units[0].id]
        if not lacking:
            return Outcome([say("missing.nothing", unit=unit)])
        title = Phrase("missing.unit_title", {"unit": unit, "count": len(lacking)})
        starts = range(0, len(lacking), LISTED)
        lines = [missing_lines(lacking[start : start + LISTED]) for start in starts]
        first = Reply([title, lines[0]])
        return Outcome([first, *(Reply([more]) for more in lines[1:])])
    lacking_units = [unit for unit in units if lacks[unit.id]]
    counted = [
        Phrase("missing.unit", {"unit": unit.name, "what": missing_counts(lacks[unit.id])})
        for unit in lacking_units[:UNITS_LISTED]
    ]
    buttons = [
        Button(unit.name, Go(Action.MISSING_ENTRIES, unit.id.hex))
        for unit in lacking_units[:UNITS_LISTED]
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    complete = len(units) - len(lacking_units)
    title = Phrase("missing.title", {"complete": complete, "all": len(units)})
    return Outcome([Reply([title, Listing(counted)], rows)])
