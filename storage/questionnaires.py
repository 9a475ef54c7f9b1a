"""Questionnaires: which are offered to whom, each version as it was sent, what was answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.documents.workbook import Page, write_sheets
from dialogs.errors import Refused
from dialogs.rules.access import Standing
from dialogs.rules.audience import addressed
from dialogs.vocabulary import QuestionnaireState, Role
from dialogs.xlsform import library
from dialogs.xlsform.answers import code
from dialogs.xlsform.exporting import VersionAnswered, tables
from dialogs.xlsform.faults import FormFaults
from dialogs.xlsform.form import Form
from dialogs.xlsform.reading import read_form
from storage.tables import Questionnaire, QuestionnaireAnswer

WIDTH = 18  # letters of a column of answers
MOST_READ = 64  # workbooks kept as they were understood
READ: dict[UUID, Form] = {}  # a row's workbook never changes, so what was understood holds

FIELDS = ("id", "form", "version", "title", "state", "roles", "units", "due_on")
PLAIN = tuple(getattr(Questionnaire, name) for name in FIELDS)  # all but the workbook


@dataclass(frozen=True)
class Offer:
    """A version of a questionnaire without its workbook; `id` is None for one that came with us.

    `roles` and `units` are whom it is for, empty for all.
    """

    id: UUID | None
    form: str
    version: str
    title: str
    state: QuestionnaireState = QuestionnaireState.OFFERED
    roles: frozenset[Role] = frozenset()
    units: frozenset[UUID] = frozenset()
    due_on: date | None = None

    @property
    def name(self) -> str:
        """What a button that offers it carries: the same for every version."""
        return code(self.form)

    @property
    def subject(self) -> str:
        """What a button about this version carries."""
        return self.id.hex if self.id else self.name

    def over(self, today: date) -> bool:
        """Say whether its last day has passed."""
        return self.due_on is not None and self.due_on < today

    def must_take(self, standing: Standing, *, today: date) -> None:
        """Raise Refused unless somebody may answer it on a day."""
        if self.state is QuestionnaireState.WITHDRAWN:
            raise Refused("questionnaire_withdrawn", title=self.title)
        if self.due_on is not None and self.over(today):
            raise Refused("questionnaire_over", title=self.title, due=self.due_on)
        if not addressed(standing, roles=self.roles, units=self.units):
            raise Refused("questionnaire_not_for_you", title=self.title)


def offers(session: Session, *states: QuestionnaireState) -> Sequence[Offer]:
    """List the versions officers sent, by the order of their titles; of some states only."""
    statement = sa.select(*PLAIN).order_by(col(Questionnaire.title), col(Questionnaire.version))
    if states:
        statement = statement.where(col(Questionnaire.state).in_(states))
    return [offer(row) for row in session.execute(statement)]


def offer(row: Any) -> Offer:
    """Read a version off its row."""
    plain = {name: getattr(row, name) for name in FIELDS}
    roles = frozenset(Role(one) for one in row.roles)
    units = frozenset(UUID(one) for one in row.units)
    return Offer(**{**plain, "roles": roles, "units": units})


def shipped() -> Sequence[Offer]:
    """List the questionnaires that come with us, which are for everybody."""
    return [
        Offer(None, form.id, form.version, form.title) for form in library.questionnaires().values()
    ]


def on_offer(session: Session) -> Sequence[Offer]:
    """List what is offered now; a published one takes the place of the one that came with us."""
    published = offers(session, QuestionnaireState.OFFERED)
    taken = {one.form for one in published}
    return [*(one for one in shipped() if one.form not in taken), *published]


def for_whom(session: Session, standing: Standing, *, today: date) -> Sequence[Offer]:
    """List what is offered to somebody on a day."""
    return [
        one
        for one in on_offer(session)
        if not one.over(today) and addressed(standing, roles=one.roles, units=one.units)
    ]


def named(session: Session, name: str) -> Offer:
    """Find what is offered under a name; raise Refused if it is gone."""
    for one in on_offer(session):
        if one.name == name:
            return one
    raise Refused("questionnaire_gone")


def about(session: Session, subject: str) -> Offer:
    """Find the version a button is about; raise Refused if it is gone."""
    for one in [*offers(session), *shipped()]:
        if one.subject == subject:
            return one
    raise Refused("questionnaire_gone")


def version(session: Session, form: str, version_: str) -> Offer | None:
    """Find a version by its number; None if no officer sent it."""
    row = session.execute(
        sa.select(*PLAIN).where(
            col(Questionnaire.form) == form, col(Questionnaire.version) == version_
        )
    ).first()
    return offer(row) if row else None


def row_of(session: Session, questionnaire: UUID) -> Questionnaire:
    """Find a version to be changed; raise Refused if it is gone."""
    found = session.get(Questionnaire, questionnaire)
    if found is None:
        raise Refused("questionnaire_gone")
    return found


def form_of(session: Session, form: str, questionnaire: UUID | None) -> Form:
    """Give a version as it is played, or one that came with us; raise Refused if it is gone."""
    if questionnaire is None:
        if form not in library.questionnaires():
            raise Refused("questionnaire_gone")
        return library.questionnaires()[form]
    if questionnaire in READ:
        return READ[questionnaire]
    try:
        understood = read_form(row_of(session, questionnaire).workbook, form)
    except FormFaults:  # it was in order when it was sent: we have become stricter since
        raise Refused("questionnaire_gone") from None
    if len(READ) >= MOST_READ:
        READ.clear()
    return READ.setdefault(questionnaire, understood)


def keep(
    session: Session, form: Form, workbook: bytes, *, sent_by: UUID, today: date
) -> Questionnaire:
    """Keep a version as a draft, in the place of an earlier draft of it.

    Raises Refused if this version has been published before.
    """
    before = session.exec(
        select(Questionnaire).where(
            Questionnaire.form == form.id, Questionnaire.version == form.version
        )
    ).first()
    ours = library.questionnaires().get(form.id)
    if (before and before.state is not QuestionnaireState.DRAFT) or (
        ours and ours.version == form.version
    ):
        raise Refused("version_taken", title=form.title, version=form.version or "—")
    if before:
        session.delete(before)
        session.flush()
    draft = Questionnaire(
        form=form.id,
        version=form.version,
        title=form.title,
        state=QuestionnaireState.DRAFT,
        sent_by=sent_by,
        sent_on=today,
        workbook=workbook,
    )
    session.add(draft)
    session.flush()
    return draft


def counts(session: Session) -> Mapping[tuple[str, str], int]:
    """Count the answers to every version."""
    rows = session.execute(
        sa.select(
            col(QuestionnaireAnswer.form), col(QuestionnaireAnswer.version), sa.func.count()
        ).group_by(col(QuestionnaireAnswer.form), col(QuestionnaireAnswer.version))
    )
    return Counter({(form, version_): count for form, version_, count in rows})


def answered(session: Session, form: str) -> Sequence[VersionAnswered]:
    """Gather the answers to every version of a questionnaire, in no order but that of days.

    An answer to a version we no longer have is laid out as the newest one we do have.
    """
    rows = session.exec(
        select(QuestionnaireAnswer)
        .where(QuestionnaireAnswer.form == form)
        .order_by(col(QuestionnaireAnswer.answered_on), col(QuestionnaireAnswer.id))
    ).all()
    known = {one.version: one for one in offers(session) if one.form == form}
    known |= {one.version: one for one in shipped() if one.form == form}
    if not known:
        raise Refused("questionnaire_gone")
    found = []
    for number in sorted({row.version for row in rows}):
        like = known.get(number) or known[max(known)]
        understood = replace(form_of(session, form, like.id), version=number)
        given = [(row.answered_on, row.answers) for row in rows if row.version == number]
        found.append(VersionAnswered(understood, given))
    return found


def workbook(versions: Sequence[VersionAnswered]) -> bytes:
    """Write answers as a workbook, a sheet a version and repeat."""
    return write_sheets(
        [
            Page(
                table.title,
                [(column, WIDTH) for column in table.columns],
                [[row.get(column) for column in table.columns] for row in table.rows],
            )
            for table in tables(versions)
        ]
    )
