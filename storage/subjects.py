"""What an entry of the audit log is about, in words in the place of ids; never what was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from dialogs.receipt import ALPHABET, NUMBER_LENGTH
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import BroadcastMove, CaseMove, OfficialForm
from storage.tables import (
    Broadcast,
    Case,
    Declaration,
    GradedWarning,
    HandlerKey,
    Measure,
    MutualCheck,
    Notice,
    Objection,
    Person,
    Post,
    Power,
    Process,
    Questionnaire,
    RiskPoint,
    Rule,
    Unit,
)

ID = re.compile(r"[0-9a-f]{32}")
KEY = re.compile(r"[0-9a-f]{16}")
NUMBER = re.compile(rf"[{ALPHABET}]{{{NUMBER_LENGTH}}}")
DAYS = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")
KINDS: Mapping[str, Sayable] = {kind.value: kind for kind in (*OfficialForm, *BroadcastMove)}
OF_A_LETTER: Mapping[str, Sayable] = {move.value: move for move in CaseMove}

NAMED: Sequence[tuple[type[SQLModel], Callable[[Any, tzinfo], Sayable]]] = (
    (Unit, lambda row, zone: row.name),
    (Post, lambda row, zone: row.title),
    (Person, lambda row, zone: row.name),
    (Case, lambda row, zone: Phrase("audit.case", {"number": row.number})),
    (Notice, lambda row, zone: Phrase("audit.notice", {"title": row.title})),
    (
        Broadcast,
        lambda row, zone: Phrase(
            "audit.broadcast", {"day": row.ordered_at.astimezone(zone).date()}
        ),
    ),
    (Questionnaire, lambda row, zone: row.title),
    (Power, lambda row, zone: row.name),
    (Process, lambda row, zone: row.name),
    (Rule, lambda row, zone: row.title),
    (GradedWarning, lambda row, zone: Phrase("audit.warning", {"number": number_of(row)})),
)
OF_A_POST: Sequence[tuple[type[SQLModel], Callable[[Any], UUID]]] = (
    (Declaration, lambda row: row.post_id),
    (MutualCheck, lambda row: row.post_id),
)


def number_of(warning: GradedWarning) -> Sayable:
    """Say the number of a warning, or that it has none."""
    return warning.number or Phrase("warning.unnumbered")


def said(
    session: Session, subjects: Collection[str], *, zone: tzinfo
) -> Mapping[str, Sayable | None]:
    """Say what each subject is, in days of a zone; None for one that says nothing."""
    ids = {UUID(found) for subject in subjects for found in ID.findall(subject)}
    names = named(session, ids, zone=zone)
    words = {word.rpartition(":")[2] for subject in subjects for word in subject.split()}
    known = {**letters(session, words), **keys(session, words)}
    return {subject: one(subject, names, known) for subject in subjects}


def letters(session: Session, words: Collection[str]) -> Mapping[str, Sayable]:
    """Say the letters whose numbers are among some words."""
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    found = session.exec(select(Case.number).where(col(Case.number).in_(numbers)))
    return {number: Phrase("audit.case", {"number": number}) for number in found}


def keys(session: Session, words: Collection[str]) -> Mapping[str, Sayable]:
    """Say the keys among some words, and of a handler's whose it is or was."""
    marks = [word for word in words if KEY.fullmatch(word)]
    held = session.execute(
        select(HandlerKey.id, Person.name)
        .join(Person, col(Person.id) == col(HandlerKey.person_id))
        .where(col(HandlerKey.id).in_(marks))
    )
    return {
        **{mark: Phrase("audit.key", {"mark": mark}) for mark in marks},
        **{mark: Phrase("audit.key_of", {"mark": mark, "name": name}) for mark, name in held},
    }


def days_subject(first: date, last: date) -> str:
    """Write days down as what an entry is about."""
    return f"{first}/{last}"


def step(move: BroadcastMove | CaseMove, which: str) -> str:
    """Write down which step was taken of which broadcast, by its id, or letter, by its number."""
    return f"{move}:{which}"


def given(pairs: Iterable[tuple[str, str]]) -> str:
    """Write down which letters' keys are sealed to which key: each, and the numbers with it."""
    by_key: dict[str, list[str]] = {}
    for key_id, number in pairs:
        by_key.setdefault(key_id, []).append(number)
    return " ".join(word for key_id, numbers in by_key.items() for word in (key_id, *numbers))


def one(
    subject: str, names: Mapping[UUID, Sayable], known: Mapping[str, Sayable]
) -> Sayable | None:
    """Say one subject: its days, or what each of its words names."""
    if days := DAYS.fullmatch(subject):
        first, last = (date.fromisoformat(day) for day in days.groups())
        return Phrase("audit.days", {"first": first, "last": last})
    parts = [part for word in subject.split() if (part := meant(word, names, known))]
    return Listing(parts, inline=True) if len(parts) > 1 else next(iter(parts), None)


def meant(word: str, names: Mapping[UUID, Sayable], known: Mapping[str, Sayable]) -> Sayable | None:
    """Say what a word names, and which form of it, or which step of it, where it says one."""
    kind, _, name = word.rpartition(":")
    what = known.get(name) or by_id(word, names)
    kinds = OF_A_LETTER if name in known else KINDS
    if what and kind in kinds:
        return Phrase("audit.kind", {"kind": kinds[kind], "what": what})
    return what


def by_id(word: str, names: Mapping[UUID, Sayable]) -> Sayable | None:
    """Say what the first id in a word names."""
    found = ID.search(word)
    if found is None:
        return None
    id_ = UUID(found[0])
    return names.get(id_) or Phrase("audit.nameless", {"id": id_.hex[:8]})


def named(session: Session, ids: Collection[UUID], *, zone: tzinfo) -> Mapping[UUID, Sayable]:
    """Find what ids name, in whichever table they are."""
    if not ids:
        return {}
    names: dict[UUID, Sayable] = {}
    for table, name in NAMED:
        names |= {row.id: name(row, zone) for row in rows(session, table, ids)}
    of_posts = {row.id: post(row) for table, post in OF_A_POST for row in rows(session, table, ids)}
    of_posts |= posts_of_measures(session, ids)
    of_posts |= posts_of_objections(session, ids)
    titles = {row.id: row.title for row in rows(session, Post, set(of_posts.values()))}
    return names | {id_: titles[post] for id_, post in of_posts.items()}


def posts_of_measures(session: Session, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Find the posts whose risks measures are against."""
    found = session.execute(
        select(Measure.id, RiskPoint.post_id)
        .join(RiskPoint, col(RiskPoint.id) == col(Measure.risk_point_id))
        .where(col(Measure.id).in_(ids))
    )
    return dict(found.all())


def posts_of_objections(session: Session, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Find the posts whose grades objections are against."""
    found = session.execute(
        select(Objection.id, Declaration.post_id)
        .join(Declaration, col(Declaration.id) == col(Objection.declaration_id))
        .where(col(Objection.id).in_(ids))
    )
    return dict(found.all())


def rows(session: Session, table: type[SQLModel], ids: Collection[UUID]) -> Sequence[Any]:
    """Find the rows of a table among some ids."""
    return session.exec(select(table).where(col(table.id).in_(ids))).all()  # type: ignore[attr-defined]
