"""Public notices of grades: what is shown to whom, what people say to it, what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.events import Voice
from dialogs.facts import AnsweredTold, TallyTold
from dialogs.rules.calendar import Calendar
from dialogs.rules.publication import tally
from dialogs.vocabulary import DeclarationState, Move, NoticeScope, ObjectionState, Opinion, Role
from storage.database import table_of
from storage.sealing import Keyring
from storage.tables import (
    BallotCast,
    BallotComment,
    BallotCount,
    Declaration,
    Notice,
    NoticeItem,
    Objection,
    Post,
    StepTaken,
    Unit,
)

CAST, COUNT = table_of(BallotCast), table_of(BallotCount)
ITEM, NOTICE = table_of(NoticeItem), table_of(Notice)
ANSWERED = (
    select(Objection)
    .where(col(Objection.state) != ObjectionState.OPEN)
    .order_by(col(Objection.answered_on), col(Objection.id))
)


def publish(
    session: Session,
    declarations: Sequence[UUID],
    *,
    title: str,
    scope: NoticeScope,
    days: int,
    by: UUID,
    today: date,
) -> Notice:
    """Write a notice down; it closes after the given days, the last of which counts."""
    notice = Notice(
        title=title,
        scope=scope,
        published_by=by,
        published_on=today,
        closes_on=today + timedelta(days=days),
    )
    session.add(notice)
    session.flush()
    session.add_all(NoticeItem(notice_id=notice.id, declaration_id=one) for one in declarations)
    session.flush()
    return notice


def count_of_year(session: Session, year: int) -> int:
    """Count the notices published in a year."""
    counted: int = session.execute(
        sa.select(sa.func.count())
        .select_from(Notice)
        .where(
            col(Notice.published_on) >= date(year, 1, 1),
            col(Notice.published_on) <= date(year, 12, 31),
        )
    ).scalar_one()
    return counted


def get(session: Session, notice: UUID) -> Notice:
    """Find a notice; raise Refused if there is none."""
    found = session.get(Notice, notice)
    if found is None:
        raise Refused("unknown_action")
    return found


def open_ones(session: Session, roles: frozenset[Role]) -> Sequence[Notice]:
    """List the notices somebody may see that are not closed, the newest first."""
    return newest_first(session, select(Notice).where(col(Notice.closed_on).is_(None)), roles)


def lately_closed(session: Session, roles: frozenset[Role], *, since: date) -> Sequence[Notice]:
    """List the notices somebody may see that were closed since a day, the newest first."""
    statement = select(Notice).where(col(Notice.closed_on) >= since)
    return newest_first(session, statement, roles)


def newest_first(
    session: Session, statement: SelectOfScalar[Notice], roles: frozenset[Role]
) -> Sequence[Notice]:
    """List what somebody may see of some notices."""
    if not roles - {Role.VILLAGER}:
        statement = statement.where(Notice.scope != NoticeScope.INSIDE)
    return session.exec(
        statement.order_by(col(Notice.published_on).desc(), col(Notice.title))
    ).all()


def last_notice(declaration: sa.SQLColumnExpression[UUID] | UUID) -> sa.ScalarSelect[UUID]:
    """Select the notice a declaration stands in, or stood in last: it may be published again."""
    return (
        sa.select(ITEM.c.notice_id)
        .join(NOTICE, NOTICE.c.id == ITEM.c.notice_id)
        .where(ITEM.c.declaration_id == declaration)
        .order_by(NOTICE.c.published_on.desc(), NOTICE.c.title.desc())
        .limit(1)
        .scalar_subquery()
    )


def shown(session: Session, notice: UUID) -> Sequence[Declaration]:
    """List the declarations of a notice that are still being published in it, by unit and post."""
    return session.exec(
        select(Declaration)
        .join(NoticeItem, col(NoticeItem.declaration_id) == Declaration.id)
        .join(Post, col(Post.id) == Declaration.post_id)
        .join(Unit, col(Unit.id) == Post.unit_id)
        .where(NoticeItem.notice_id == notice, Declaration.state == DeclarationState.PUBLISHED)
        .where(last_notice(col(Declaration.id)) == notice)
        .order_by(col(Unit.kind), col(Unit.code), col(Post.code), col(Declaration.id))
    ).all()


def unpublished(
    session: Session, *, zone: tzinfo, calendar: Calendar
) -> Iterator[tuple[Declaration, StepTaken, date]]:
    """Find the grades that were preset, last by which step, and by when each is put on notice.

    Those fixed anew after an upheld objection have their days anew.
    """
    rows = session.execute(
        sa.select(Declaration, StepTaken)
        .join(StepTaken, col(StepTaken.declaration_id) == col(Declaration.id))
        .where(
            col(Declaration.state) == DeclarationState.PROVISIONAL,
            col(StepTaken.move) == Move.PRESET,
        )
        .order_by(col(StepTaken.ordinal))
    )
    for declaration, step in {one.id: (one, step) for one, step in rows}.values():
        day = step.taken_at.astimezone(zone).date()
        yield declaration, step, calendar.add_working_days(day, number("publish_due"))


def speak_up(session: Session, notice: UUID, *, roles: frozenset[Role], today: date) -> Notice:
    """Find a notice somebody may speak about today; raise Refused if its time is over."""
    found = get(session, notice)
    if found not in open_ones(session, roles) or today > found.closes_on:
        raise Refused("notice_over", until=found.closes_on)
    return found


def object_to(
    session: Session,
    notice: UUID,
    declaration: UUID,
    text: str,
    *,
    keys: Keyring,
    today: date,
    calendar: Calendar,
) -> Objection:
    """Write an objection down, sealed; it is to be answered within the days of the policy."""
    id_ = uuid4()
    objection = Objection(
        id=id_,
        notice_id=notice,
        declaration_id=declaration,
        sealed=keys.seal(text.encode(), f"objection:{id_}"),
        received_on=today,
        due_on=calendar.add_working_days(today, number("objection_answer")),
        state=ObjectionState.OPEN,
    )
    session.add(objection)
    session.flush()
    return objection


def text_of(objection: Objection, *, keys: Keyring) -> str:
    """Open the text of an objection."""
    return keys.unseal(objection.sealed, f"objection:{objection.id}").decode()


def open_objections(session: Session, notice: UUID | None = None) -> Sequence[Objection]:
    """List the objections that wait for an answer, the most urgent first."""
    statement = select(Objection).where(Objection.state == ObjectionState.OPEN)
    if notice:
        statement = statement.where(Objection.notice_id == notice)
    return session.exec(statement.order_by(col(Objection.due_on), col(Objection.id))).all()


def get_objection(session: Session, objection: UUID) -> Objection:
    """Find an objection that waits for an answer; raise Refused if it has one."""
    found = session.get(Objection, objection)
    if found is None or found.state is not ObjectionState.OPEN:
        raise Refused("objection_answered")
    return found


def answered(session: Session, declaration: UUID) -> Sequence[AnsweredTold]:
    """Tell the objections about a declaration that were answered, in whichever notice it stood."""
    rows = session.exec(ANSWERED.where(Objection.declaration_id == declaration))
    return [AnsweredTold(one.state, one.answer or "") for one in rows]


def answered_in(session: Session, notice: UUID) -> Sequence[tuple[str, AnsweredTold]]:
    """Tell the objections to a notice that were answered, each with the post it is about."""
    rows = session.exec(ANSWERED.where(Objection.notice_id == notice))
    return [
        (about(session, one.declaration_id), AnsweredTold(one.state, one.answer or ""))
        for one in rows
    ]


def about(session: Session, declaration: UUID) -> str:
    """Name the post a declaration is about."""
    return session.get_one(Post, session.get_one(Declaration, declaration).post_id).title


def vote(
    session: Session,
    notice: UUID,
    voices: Sequence[Voice],
    *,
    voters: Role,
    voter_hash: str,
    keys: Keyring,
) -> None:
    """Count opinions; raise Refused if somebody has given theirs about one of them already."""
    for voice in voices:
        cast = session.get(BallotCast, (notice, voice.declaration, voter_hash))
        if cast is not None:
            raise Refused("voted_already")
        session.add(
            BallotCast(notice_id=notice, declaration_id=voice.declaration, voter_hash=voter_hash)
        )
        count_one(session, notice, voice, voters)
        if voice.comment:
            id_ = uuid4()
            session.add(
                BallotComment(
                    id=id_,
                    notice_id=notice,
                    declaration_id=voice.declaration,
                    sealed=keys.seal(voice.comment.encode(), f"comment:{id_}"),
                )
            )
    session.flush()


def count_one(session: Session, notice: UUID, voice: Voice, voters: Role) -> None:
    """Count one opinion more."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(COUNT)
        .values(
            notice_id=notice,
            declaration_id=voice.declaration,
            voters=voters,
            opinion=voice.opinion,
            count=1,
        )
        .on_conflict_do_update(
            index_elements=["notice_id", "declaration_id", "voters", "opinion"],
            set_={"count": COUNT.c.count + 1},
        )
    )


def tallies(session: Session, declaration: UUID) -> Sequence[TallyTold]:
    """Tell the opinions in a declaration's last notice by group; small numbers are not told.

    Who spoke about the grades as they were before an objection speaks anew about the new ones.
    """
    rows = session.execute(
        sa.select(COUNT.c.voters, COUNT.c.opinion, sa.func.sum(COUNT.c.count))
        .where(COUNT.c.declaration_id == declaration, COUNT.c.notice_id == last_notice(declaration))
        .group_by(COUNT.c.voters, COUNT.c.opinion)
    )
    counted: Mapping[tuple[Role, Opinion], int] = {
        (voters, opinion): int(count) for voters, opinion, count in rows
    }
    return tally(counted, small=number("small_cell"))


def comments(session: Session, declaration: UUID, *, keys: Keyring) -> Sequence[str]:
    """Open what people added to their opinions; in no order that would tell when."""
    rows = session.exec(
        select(BallotComment)
        .where(BallotComment.declaration_id == declaration)
        .order_by(col(BallotComment.id))
    )
    return [keys.unseal(one.sealed, f"comment:{one.id}").decode() for one in rows]
