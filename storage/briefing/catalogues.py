"""What is told about the catalogues."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs import facts
from dialogs.errors import Refused
from dialogs.facts import Entry, PowerEntry, ProcessEntry, RuleEntry
from dialogs.rules.access import Action, reaches
from dialogs.vocabulary import EntryState
from storage import catalogues, people
from storage.briefing.telling import identity, tells
from storage.catalogues import Row
from storage.occasion import Occasion
from storage.tables import Post, Power, Process, RiskPoint, Rule, Unit


@tells(Action.LOOK_UP)
def units_published(session: Session, occasion: Occasion, subject: str) -> facts.Township:
    """Tell which units have anything public in their catalogues."""
    found = catalogues.units_published(session)
    return facts.Township([facts.UnitNamed(unit.id, unit.name) for unit in found])


@tells(Action.READ_CATALOGUE)
def units_within(session: Session, occasion: Occasion, subject: str) -> facts.Township:
    """Tell whose catalogues somebody may read."""
    return facts.Township(units_of(session, occasion, Action.READ_CATALOGUE))


def units_of(session: Session, occasion: Occasion, action: Action) -> list[facts.UnitNamed]:
    """List the units about which somebody may do something."""
    return [
        facts.UnitNamed(unit.id, unit.name)
        for unit in people.units(session)
        if reaches(occasion.standing, action, unit.id)
    ]


@tells(Action.WRITE_POWER)
def powers_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.UnitCatalogue:
    """Tell a unit's powers, to write one."""
    return catalogue_of(session, occasion, subject, Action.WRITE_POWER)


@tells(Action.WRITE_PROCESS)
def processes_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.UnitCatalogue:
    """Tell a unit's processes, to write one."""
    return catalogue_of(session, occasion, subject, Action.WRITE_PROCESS)


@tells(Action.WRITE_RULE)
def rules_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.UnitCatalogue:
    """Tell a unit's rules, to write one."""
    return catalogue_of(session, occasion, subject, Action.WRITE_RULE)


def catalogue_of(
    session: Session, occasion: Occasion, subject: str, action: Action
) -> facts.UnitCatalogue:
    """Tell a unit's catalogues; without a subject, the only unit's, or which there are."""
    if subject:
        chosen = identity(subject)
    else:
        units = units_of(session, occasion, action)
        if len(units) != 1:
            if not units:
                raise Refused("not_your_unit")
            return facts.UnitCatalogue(units)
        chosen = units[0].unit
    occasion.must_reach(action, chosen)
    unit = session.get(Unit, chosen)
    if unit is None:
        raise Refused("unknown_action")
    newest = {
        table: catalogues.read(
            session, table, col(table.unit_id) == unit.id, catalogues.latest(table)
        )
        for table in (Power, Process, Rule)
    }
    return facts.UnitCatalogue(
        unit=facts.UnitNamed(unit.id, unit.name),
        code=unit.code,
        posts=posts_named(session, unit.id),
        powers=[one.entry for one in newest[Power] if isinstance(one.entry, PowerEntry)],
        processes=[one.entry for one in newest[Process] if isinstance(one.entry, ProcessEntry)],
        rules=[one.entry for one in newest[Rule] if isinstance(one.entry, RuleEntry)],
        filed=[
            one.row.system for one in newest[Rule] if isinstance(one.row, Rule) and one.row.file_id
        ],
        taken=[one.row.code for kept in newest.values() for one in kept],
    )


def posts_named(session: Session, unit: UUID) -> Sequence[facts.PostInCharge]:
    """List the posts of a unit with the risk points found on them."""
    points: dict[UUID, dict[str, facts.RiskNamed]] = {}
    rows = session.execute(
        sa.select(col(RiskPoint.post_id), col(RiskPoint.name), col(RiskPoint.declared_grade))
        .join(Post, col(Post.id) == col(RiskPoint.post_id))
        .where(col(Post.unit_id) == unit)
        .order_by(col(RiskPoint.ordinal))
    )
    for post, name, grade in rows:
        points.setdefault(post, {})[name] = facts.RiskNamed(name, grade)
    posts = session.exec(select(Post).where(Post.unit_id == unit).order_by(col(Post.code))).all()
    return [
        facts.PostInCharge(one.code, one.title, list(points.get(one.id, {}).values()))
        for one in posts
    ]


@tells(Action.OPEN_ENTRY)
def entry_shown(session: Session, occasion: Occasion, subject: str) -> facts.EntryShown:
    """Tell what an entry says: to anybody if it is public, else to those inside."""
    row = catalogues.find(session, identity(subject))
    inside = reaches(occasion.standing, Action.READ_CATALOGUE, row.unit_id)
    if not inside and not catalogues.is_public(session, row):
        raise Refused("entry_not_public")
    entry = read_one(session, row)
    return facts.EntryShown(
        entry=row.id,
        unit=session.get_one(Unit, row.unit_id).name,
        version=row.version,
        state=row.state,
        content=entry,
        titles=titles(session, entry),
        names=names(session, entry),
        file=row.file_id if isinstance(row, Rule) else None,
        changed=changed(session, row, entry) if inside else (),
        earlier=earlier(session, row) if inside else (),
        comment=row.comment if inside else "",
        inside=inside,
        to_decide=may_decide(session, row, occasion),
    )


def may_decide(session: Session, row: Row, occasion: Occasion) -> bool:
    """Say whether a version waits for this person's approval."""
    if row.state is not EntryState.DRAFT or occasion.known is None:
        return False
    return occasion.known.person in catalogues.approvers(session, row, today=occasion.today)


def read_one(session: Session, row: Row) -> Entry:
    """Read what one version says."""
    table = type(row)
    (kept,) = catalogues.read(session, table, col(table.id) == row.id)
    return kept.entry


def titles(session: Session, entry: Entry) -> Mapping[str, str]:
    """Find the titles of the posts an entry names."""
    match entry:
        case PowerEntry():
            codes = list(entry.posts)
        case ProcessEntry():
            codes = [step.post for step in entry.steps]
        case RuleEntry():
            return {}
    rows = session.execute(
        sa.select(col(Post.code), col(Post.title)).where(col(Post.code).in_(codes))
    )
    return dict(rows.all())


def names(session: Session, entry: Entry) -> Mapping[str, str]:
    """Find the names of the powers a process serves."""
    if not isinstance(entry, ProcessEntry):
        return {}
    rows = session.execute(
        sa.select(col(Power.code), col(Power.name))
        .where(col(Power.code).in_(entry.powers))
        .order_by(col(Power.version))
    )
    return dict(rows.all())


def changed(session: Session, row: Row, entry: Entry) -> Sequence[str]:
    """List the fields in which a version that waits differs from the one in force."""
    table = type(row)
    if row.state is not EntryState.DRAFT:
        return ()
    in_force = catalogues.read(
        session, table, col(table.code) == row.code, catalogues.approved(table)
    )
    if not in_force:
        return ()
    before = in_force[0]
    other = [
        one.name
        for one in fields(entry)
        if getattr(entry, one.name) != getattr(before.entry, one.name)
    ]
    refiled = getattr(row, "file_id", None) != getattr(before.row, "file_id", None)
    return [*other, *(["file"] if refiled else [])]


def earlier(session: Session, row: Row) -> Sequence[tuple[int, UUID]]:
    """List the versions before one, the newest first."""
    table = type(row)
    rows = session.execute(
        sa.select(col(table.version), col(table.id))
        .where(col(table.code) == row.code, col(table.version) < row.version)
        .order_by(col(table.version).desc())
        .limit(6)
    )
    return [(version, entry) for version, entry in rows]


@tells(Action.DECIDE_ENTRY)
def entry_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.EntryAtHand:
    """Tell which version is to be decided on; it must wait for this very person."""
    row = catalogues.find(session, identity(subject))
    occasion.must_reach(Action.DECIDE_ENTRY, row.unit_id)
    if row.state is not EntryState.DRAFT:
        raise Refused("entry_decided", state=row.state)
    if not may_decide(session, row, occasion):
        raise Refused("own_entry")
    return at_hand(row)


def at_hand(row: Row) -> facts.EntryAtHand:
    """Name a version."""
    name = row.title if isinstance(row, Rule) else row.name
    return facts.EntryAtHand(row.id, catalogues.kind_of(row), name, row.version)


@tells(Action.APPROVE_ENTRIES)
def entries_waiting(session: Session, occasion: Occasion, subject: str) -> facts.EntriesWaiting:
    """Tell what waits for somebody's approval, unit by unit."""
    rows = catalogues.waiting_for(session, occasion.person, occasion.standing, today=occasion.today)
    if not rows:
        raise Refused("nothing_to_approve")
    units = session.exec(
        select(Unit)
        .where(col(Unit.id).in_({row.unit_id for row in rows}))
        .order_by(col(Unit.kind), col(Unit.code))
    )
    return facts.EntriesWaiting(
        [
            facts.UnitWaiting(
                facts.UnitNamed(unit.id, unit.name),
                [at_hand(row) for row in rows if row.unit_id == unit.id],
            )
            for unit in units
        ]
    )


@tells(Action.MISSING_ENTRIES)
def unit_picked(session: Session, occasion: Occasion, subject: str) -> facts.UnitPicked:
    """Tell which unit the button was about, if it was about one."""
    if not subject:
        return facts.UnitPicked()
    occasion.must_reach(Action.MISSING_ENTRIES, identity(subject))
    return facts.UnitPicked(identity(subject))


@tells(Action.TAKE_CATALOGUE)
def codes_known(session: Session, occasion: Occasion, subject: str) -> facts.CodesKnown:
    """Tell the codes a workbook may refer to."""
    return catalogues.codes(session)
