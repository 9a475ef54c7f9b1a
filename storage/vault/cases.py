"""Cases: lodged, listed to those who may read them, opened, moved on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from nacl.public import PrivateKey, PublicKey
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import ComplaintLodged
from dialogs.rules import deadlines, handling
from dialogs.rules.calendar import Calendar
from dialogs.rules.recusal import stands_aside
from dialogs.vocabulary import CLOSED, CaseMove, CaseState, PaperKind
from storage.sealing import Keyring, seal, seal_to
from storage.tables import (
    Case,
    CaseBell,
    CasePaper,
    CaseRecusal,
    CaseReminder,
    CaseStep,
    Receipt,
    WrappedKey,
)
from storage.vault import papers, pieces, receipts, results
from storage.vault.keys import KeyHolder, Reader
from storage.vault.papers import Opened, Sealed
from storage.vault.receipts import HOLDER

FOR_HANDLERS = frozenset(PaperKind)
FOR_THE_WRITER = frozenset({PaperKind.ANSWER, PaperKind.SUPPLEMENT})


@dataclass(frozen=True)
class Prepared:
    """A case made ready before the books are opened: sealed papers, wrapped keys, receipt."""

    id: UUID
    public: bytes
    number: str
    secret: str = field(repr=False)
    papers: Sequence[Sealed] = field(repr=False)
    keys: Sequence[tuple[str, bytes]] = field(repr=False)
    digest: bytes = field(repr=False)
    marks: Sequence[str] = field(default=(), repr=False)
    set_aside: bool = False


def prepare(
    lodged: ComplaintLodged,
    *,
    readers: Sequence[Reader],
    keys: Keyring,
    whom: str = "",
    more: Sequence[tuple[PaperKind, str | bytes]] = (),
    set_aside: bool = False,
) -> Prepared:
    """Seal a matter to those who may read it and make its receipt; slow, touches no database.

    `whom` names the person it is about: elsewhere they are but a mark that nobody can read.
    """
    case, private = uuid4(), PrivateKey.generate()
    number, secret = receipts.drawn()
    put_in: list[tuple[PaperKind, str | bytes]] = [(PaperKind.PERSON, whom)] if whom else []
    put_in.append((PaperKind.ACCOUNT, lodged.account))
    if lodged.contact:
        put_in.append((PaperKind.CONTACT, lodged.contact))
    if lodged.came_by:
        put_in.append((PaperKind.CAME_BY, lodged.came_by.value))
    put_in.extend(more)
    opening = receipts.tried(number, secret, keys=keys)
    held = seal(bytes(private), key=opening.key, about=papers.key_about(case, HOLDER))
    return Prepared(
        id=case,
        public=bytes(private.public_key),
        number=number,
        secret=secret,
        papers=[
            papers.write(case, kind, plain, public=private.public_key) for kind, plain in put_in
        ],
        keys=[*(wrapped(case, private, one) for one in readers), (HOLDER, held)],
        digest=opening.digest,
        marks=[
            *(mark("accused", case, one, keys=keys) for one in [lodged.person] if one),
            *(mark("named", case, one, keys=keys) for one in lodged.recused),
        ],
        set_aside=set_aside,
    )


def wrapped(case: UUID, private: PrivateKey, handler: Reader) -> tuple[str, bytes]:
    """Seal a case's key to who may read it."""
    about = papers.key_about(case, handler.key_id)
    sealed = seal_to(bytes(private), public=PublicKey(handler.public), about=about)
    return handler.key_id, sealed


def mark(why: str, case: UUID, person: UUID, *, keys: Keyring) -> str:
    """Mark that somebody must not see a case; only who holds the server's key can test it."""
    return keys.lookup(f"recusal:{why}:{case}:{person}")


@dataclass(frozen=True)
class Marked:
    """The people marked in a case for a reason; they can be asked about, never listed."""

    why: str
    case: UUID
    marks: frozenset[str] = field(repr=False)
    keys: Keyring = field(repr=False)

    def __contains__(self, person: object) -> bool:
        return (
            isinstance(person, UUID)
            and mark(self.why, self.case, person, keys=self.keys) in self.marks
        )


def marked(session: Session, case: UUID, *, keys: Keyring) -> tuple[Marked, Marked]:
    """Find whom a case is about and who was asked to stand aside, to be asked about."""
    return told_apart(case, marks_in(session, [case]).get(case, frozenset()), keys=keys)


def told_apart(case: UUID, marks: frozenset[str], *, keys: Keyring) -> tuple[Marked, Marked]:
    """Tell the marks of whom a case is about from those of who was asked to stand aside."""
    return Marked("accused", case, marks, keys), Marked("named", case, marks, keys)


def marks_in(session: Session, found: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Find the marks of some cases at once."""
    rows = session.execute(
        sa.select(col(CaseRecusal.case_id), col(CaseRecusal.mark)).where(
            col(CaseRecusal.case_id).in_(found)
        )
    )
    marks: dict[UUID, set[str]] = {}
    for case, one in rows:
        marks.setdefault(case, set()).add(one)
    return {case: frozenset(some) for case, some in marks.items()}


def lodge(
    session: Session,
    prepared: Prepared,
    lodged: ComplaintLodged,
    *,
    today: date,
    calendar: Calendar,
    clerk: UUID | None = None,
) -> Case:
    """Write a prepared case down; `clerk` is who wrote it for somebody else."""
    case = Case(
        id=prepared.id,
        number=prepared.number,
        kind=lodged.kind,
        accused=lodged.accused,
        unit_id=lodged.unit,
        public=prepared.public,
        state=CaseState.QUARANTINED if prepared.set_aside else CaseState.RECEIVED,
        named=bool(lodged.contact),
        assisted=clerk is not None,
        received_on=today,
        due_on=deadlines.notice_due(
            today, kind=lodged.kind, named=bool(lodged.contact), calendar=calendar
        ),
    )
    session.add(case)
    session.flush()
    papers.file(session, case, prepared.papers, today=today)
    for key_id, sealed in prepared.keys:
        session.add(WrappedKey(case_id=case.id, key_id=key_id, sealed=sealed))
    for one in set(prepared.marks):
        session.add(CaseRecusal(case_id=case.id, mark=one))
    session.add(Receipt(case_id=case.id, digest=prepared.digest))
    note(session, case, CaseMove.LODGE, person=clerk, today=today)
    return case


def note(session: Session, case: Case, move: CaseMove, *, person: UUID | None, today: date) -> None:
    """Note a step of a case."""
    before = len(steps(session, case.id))
    session.add(
        CaseStep(
            case_id=case.id,
            ordinal=before,
            move=move,
            leads=case.state,
            person_id=person,
            taken_on=today,
        )
    )
    session.flush()


def steps(session: Session, case: UUID) -> Sequence[CaseStep]:
    """List the steps a case went."""
    return session.exec(
        select(CaseStep).where(CaseStep.case_id == case).order_by(col(CaseStep.ordinal))
    ).all()


def stands(session: Session, case: Case, *, today: date, calendar: Calendar) -> handling.Standing:
    """Say how a case stands, as the rules of its way look at it."""
    taken = steps(session, case.id)
    anew = [place for place, step in enumerate(taken) if step.move is CaseMove.REOPEN]
    last = {step.move: step for step in taken[anew[-1] if anew else 0 :]}
    asked = last.get(CaseMove.ASK_EXTENSION)
    assigned = last.get(CaseMove.ASSIGN) or last.get(CaseMove.ACCEPT)
    return handling.Standing(
        state=case.state,
        assigned=case.assigned_to,
        asker=asked.person_id if asked and not case.extended else None,
        extended=case.extended,
        may_reopen=not taken or deadlines.may_reopen(taken[-1].taken_on, today=today),
        may_hand_back=bool(
            assigned and deadlines.may_hand_back(assigned.taken_on, today=today, calendar=calendar)
        ),
        rated=case.satisfaction is not None,
        owes_result=results.is_owed(session, case),
    )


def readable(session: Session, key_id: str) -> Sequence[Case]:
    """List the cases sealed to a handler's key that want something, urgent and long due first."""
    at_work = col(Case.state).not_in((*CLOSED, CaseState.QUARANTINED))
    return session.exec(
        select(Case)
        .where(held_by(key_id), sa.or_(at_work, results.owed()))
        .order_by(col(Case.urgent).desc(), col(Case.due_on), col(Case.number))
    ).all()


def set_aside(session: Session, key_id: str) -> Sequence[Case]:
    """List the cases sealed to a handler's key that wait to be looked at together."""
    return session.exec(
        select(Case)
        .where(held_by(key_id), col(Case.state) == CaseState.QUARANTINED)
        .order_by(col(Case.due_on), col(Case.number))
    ).all()


def over(session: Session, key_id: str) -> Sequence[Case]:
    """List the cases sealed to a handler's key that are over, the latest first."""
    return session.exec(
        select(Case)
        .where(held_by(key_id), col(Case.state).in_(CLOSED), sa.not_(results.owed()))
        .order_by(col(Case.received_on).desc(), col(Case.number))
    ).all()


def sealed_to(session: Session, key_id: str) -> Sequence[Case]:
    """List every case that is sealed to a key."""
    return session.exec(select(Case).where(held_by(key_id)).order_by(Case.number)).all()


def held_by(key_id: str) -> sa.ColumnElement[bool]:
    """Limit cases to those that are sealed to a key."""
    return col(Case.id).in_(
        sa.select(col(WrappedKey.case_id)).where(col(WrappedKey.key_id) == key_id)
    )


def get(session: Session, case: UUID, key_id: str) -> Case:
    """Find a case that is sealed to a handler's key; raise Refused otherwise."""
    found = session.get(Case, case)
    if found is None or session.get(WrappedKey, (case, key_id)) is None:
        raise Refused("case_not_yours", about=case.hex)
    return found


def key_of(session: Session, case: Case, key_id: str, private: PrivateKey) -> PrivateKey:
    """Open a case's key with a handler's; raise Refused if it was not sealed to them."""
    found = session.get(WrappedKey, (case.id, key_id))
    if found is None:
        raise Refused("case_not_yours", about=case.number)
    return papers.unwrapped(case.id, key_id, found.sealed, private=private)


def opened(
    session: Session,
    case: Case,
    key_id: str,
    private: PrivateKey,
    *,
    kinds: Collection[PaperKind] = FOR_HANDLERS,
) -> Sequence[Opened]:
    """Open the papers of some kinds of a case with a handler's key."""
    key = key_of(session, case, key_id, private)
    return papers.read(session, case.id, private=key, kinds=kinds)


def aside(session: Session, case: Case, handler: KeyHolder, *, keys: Keyring) -> bool:
    """Say whether a handler must stand aside from a case, as things are today."""
    return not open_to(session, [case], handler, keys=keys)


def open_to(
    session: Session, found: Sequence[Case], handler: KeyHolder, *, keys: Keyring
) -> Sequence[Case]:
    """Leave out of some cases those from which a handler must stand aside, as things are today."""
    marks = marks_in(session, [case.id for case in found])
    open_ones = []
    for case in found:
        accused, named = told_apart(case.id, marks.get(case.id, frozenset()), keys=keys)
        if not stands_aside(handler, accused=accused, named=named, unit=case.unit_id):
            open_ones.append(case)
    return open_ones


def name(session: Session, case: Case, people: Iterable[UUID], *, keys: Keyring) -> None:
    """Mark whom a later text of a case names, as those named in the first are marked."""
    for person in people:
        named = mark("named", case.id, person, keys=keys)
        if session.get(CaseRecusal, (case.id, named)) is None:
            session.add(CaseRecusal(case_id=case.id, mark=named))
    session.flush()


def take_from(session: Session, case: Case, key_ids: Collection[str]) -> None:
    """Take a case's key from whoever has it by some keys."""
    session.execute(
        sa.delete(WrappedKey).where(
            col(WrappedKey.case_id) == case.id, col(WrappedKey.key_id).in_(key_ids)
        )
    )


def grant(
    session: Session, case: Case, private: PrivateKey, handler: KeyHolder, *, keys: Keyring
) -> bool:
    """Give a handler a case, its key in hand; False if they must stand aside from it."""
    if aside(session, case, handler, keys=keys):
        return False
    if session.get(WrappedKey, (case.id, handler.key_id)) is None:
        key_id, sealed = wrapped(case.id, private, handler)
        session.add(WrappedKey(case_id=case.id, key_id=key_id, sealed=sealed))
        session.flush()
    return True


def key_ids(session: Session, case: UUID) -> frozenset[str]:
    """List the keys a case is sealed to, the receipt's left out."""
    return frozenset(held_keys(session, [case])[case])


def held_keys(session: Session, found: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """List the keys each of some cases is sealed to, the receipt's left out."""
    rows = session.execute(
        sa.select(col(WrappedKey.case_id), col(WrappedKey.key_id)).where(
            col(WrappedKey.case_id).in_(found), col(WrappedKey.key_id) != HOLDER
        )
    )
    held: dict[UUID, set[str]] = {case: set() for case in found}
    for case, key_id in rows:
        held[case].add(key_id)
    return held


def erase(session: Session, case: Case) -> None:
    """Destroy all that was written of a case: its keys, papers and receipt; the count remains."""
    pieces.erase(session, case.id)
    for table in (WrappedKey, CasePaper, Receipt, CaseRecusal, CaseReminder, CaseBell):
        session.execute(sa.delete(table).where(col(table.case_id) == case.id))
