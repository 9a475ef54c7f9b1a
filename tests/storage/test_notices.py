"""公示: a declaration is shown, spoken about and closed only in the notice it stands in last."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session

from dialogs.errors import Refused
from dialogs.events import NoticeClosed, NoticesAsked, Voice
from dialogs.messages import render
from dialogs.rules.access import Standing
from dialogs.vocabulary import DeclarationState, Language, Move, NoticeScope, Opinion, Role
from storage import declarations, notices, work
from storage.database import Database
from storage.declarations import Taken
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Declaration, Notice, Person
from tests.builders.grading import declared
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit

WEEK = 7


class Board:
    """A village's declaration and the notices it stands in."""

    def __init__(self, session: Session, keys: Keyring) -> None:
        self.session, self.keys = session, keys
        self.member = a_person(session, "羅敏", keys=keys, roles=[Role.COMMISSION_MEMBER])
        holder = a_person(session, "張秀英", keys=keys)
        post = a_post(session, a_unit(session, "V1", "上河村"), "V1-1", "村會計")
        self.declaration = Declaration(
            post_id=post.id,
            person_id=holder.id,
            state=DeclarationState.PUBLISHED,
            version=1,
            declared_on=TODAY,
        )
        session.add(self.declaration)
        session.flush()

    def publish(self, title: str, *, days: int = 0) -> Notice:
        """Publish it some days from today."""
        return notices.publish(
            self.session,
            [self.declaration.id],
            title=title,
            scope=NoticeScope.VILLAGERS,
            days=WEEK,
            by=self.member.id,
            today=TODAY + timedelta(days=days),
        )

    def vote(self, notice: Notice, voter: str) -> None:
        """Let somebody say that it is graded too low."""
        voice = Voice(self.declaration.id, Opinion.TOO_LOW)
        notices.vote(
            self.session,
            notice.id,
            [voice],
            voters=Role.VILLAGER,
            voter_hash=voter,
            keys=self.keys,
        )

    def say_too_low(self) -> int | None:
        """How many villagers are told to find it graded too low."""
        told = notices.tallies(self.session, self.declaration.id)
        return {one.opinion: one.count for one in told}[Opinion.TOO_LOW]


@pytest.fixture
def board(database: Database, keys: Keyring) -> Iterator[Board]:
    with database.writing() as session:
        yield Board(session, keys)


def test_what_is_published_again_stands_in_the_later_notice_alone(board: Board) -> None:
    first = board.publish("2026-01")
    assert notices.shown(board.session, first.id) == [board.declaration]
    second = board.publish("2026-02", days=3)
    assert notices.shown(board.session, first.id) == []
    assert notices.shown(board.session, second.id) == [board.declaration]


def test_of_two_notices_of_one_day_the_later_number_counts(board: Board) -> None:
    first, second = board.publish("2026-01"), board.publish("2026-02")
    assert notices.shown(board.session, first.id) == []
    assert notices.shown(board.session, second.id) == [board.declaration]


def test_who_speaks_about_old_and_new_grades_counts_once(board: Board) -> None:
    first = board.publish("2026-01")
    for voter in ("a", "b", "c"):
        board.vote(first, voter)
    assert board.say_too_low() == 3
    second = board.publish("2026-02", days=3)
    for voter in ("a", "b", "c", "d"):
        board.vote(second, voter)
    assert board.say_too_low() == 4


def test_a_closed_notice_is_found_as_long_as_asked_for_and_inside_only_by_the_office(
    board: Board,
) -> None:
    notice = board.publish("2026-01")
    notice.closed_on = TODAY + timedelta(days=8)
    board.session.flush()
    villager, cadre = frozenset({Role.VILLAGER}), frozenset({Role.CADRE})
    assert notices.lately_closed(board.session, villager, since=notice.closed_on) == [notice]
    later = notice.closed_on + timedelta(days=1)
    assert notices.lately_closed(board.session, villager, since=later) == []
    notice.scope = NoticeScope.INSIDE
    board.session.flush()
    assert notices.lately_closed(board.session, villager, since=notice.closed_on) == []
    assert notices.lately_closed(board.session, cadre, since=notice.closed_on) == [notice]


def test_a_notice_is_offered_for_closing_to_anybody_but_who_published_it(board: Board) -> None:
    notice = board.publish("2026-01", days=-8)
    taken = Taken(
        Move.PUBLISH,
        DeclarationState.PROVISIONAL,
        DeclarationState.PUBLISHED,
        board.member.id,
    )
    declarations.note_step(board.session, board.declaration, taken, now=NOON)
    other = a_person(board.session, "鄧志遠", keys=board.keys, roles=[Role.COMMISSION_MEMBER])
    standing = Standing(frozenset({Role.COMMISSION_MEMBER}), frozenset(), frozenset())
    offered = [
        work.closable(board.session, one.id, standing, today=TODAY) for one in (board.member, other)
    ]
    assert offered == [[], [notice]]


MEMBER = Standing(frozenset({Role.COMMISSION_MEMBER}), frozenset(), frozenset())


def test_a_notice_with_posts_of_the_commission_is_closed_by_its_members_together(
    board: Board,
) -> None:
    session, keys = board.session, board.keys
    first, second = (
        a_person(session, name, keys=keys, roles=[Role.COMMISSION_MEMBER])
        for name in ("鄧志遠", "韓守正")
    )
    unit = a_unit(session, "Z1", "紀委辦公室")
    shown = [board.declaration]
    for number, holder in enumerate((first, second), 1):
        post = a_post(session, unit, f"Z1-{number}", f"紀檢專員{number}")
        one = declared(session, post.id, holder.id, DeclarationState.PUBLISHED, on=TODAY)
        shown.append(one)
    notice = notices.publish(
        *(session, [one.id for one in shown]),
        title="2026-01",
        scope=NoticeScope.VILLAGERS,
        days=WEEK,
        by=board.member.id,
        today=TODAY - timedelta(days=8),
    )
    start, leads = DeclarationState.PROVISIONAL, DeclarationState.PUBLISHED
    for one in shown:
        taken = Taken(Move.PUBLISH, start, leads, board.member.id)
        declarations.note_step(session, one, taken, now=NOON)

    def acts(person: Person) -> Occasion:
        known = Known(person.id, person.name, MEMBER)
        return Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known)

    def buttons(person: Person) -> list[str]:
        page = record(NoticesAsked(), session, acts(person), None).replies[0]
        return [label for row in render(page, Language.ZH_HANT).rows for label, _ in row]

    def waits_for(person: Person) -> Sequence[Notice]:
        return work.closable(session, person.id, MEMBER, today=TODAY)

    with pytest.raises(Refused, match="four_eyes"):
        record(NoticeClosed(notice.id), session, acts(board.member), None)
    assert [buttons(one) for one in (board.member, first)] == [[], ["結束公示"]]
    assert [waits_for(one) for one in (board.member, first, second)] == [[], [notice], [notice]]
    (said,) = record(NoticeClosed(notice.id), session, acts(first), None).replies
    assert "2 個崗位轉黨委審定；另有 1 個崗位" in render(said, Language.ZH_HANT).text
    assert notice.closed_on is None
    assert [one.state for one in shown] == [
        DeclarationState.HEARD,
        DeclarationState.PUBLISHED,
        DeclarationState.HEARD,
    ]
    assert [waits_for(one) for one in (first, second)] == [[], [notice]]
    with pytest.raises(Refused, match="own_declaration"):
        record(NoticeClosed(notice.id), session, acts(first), None)
    record(NoticeClosed(notice.id), session, acts(second), None)
    assert notice.closed_on == TODAY
    assert {one.state for one in shown} == {DeclarationState.HEARD}
