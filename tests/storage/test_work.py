"""待辦: what waits is shown with its button, what is late first, what is too early without one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from dialogs import events
from dialogs.events import AspectChecked
from dialogs.facts import PowerEntry
from dialogs.messages import plain_words
from dialogs.rules.access import Standing
from dialogs.speech import Listing, Reply
from dialogs.vocabulary import (
    Aspect,
    DeadlineKind,
    Language,
    PowerCategory,
    Role,
    Stage,
)
from storage import catalogues, declarations
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Deadline, Person, Post, Round, RoundStage, Unit
from tests.builders.grading import POINT
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint


class Desk:
    """A unit with a head who holds a post, and what they are shown."""

    def __init__(self, session: Session, keys: Keyring) -> None:
        self.session, self.keys = session, keys
        self.unit: Unit = a_unit(session, "Z1", "財政所")
        self.post: Post = a_post(session, self.unit, "Z1-1", "所長")
        self.head: Person = a_person(session, "鄭國良", keys=keys, roles=[Role.UNIT_HEAD])
        appoint(session, self.head, self.post)

    def owes(self, days: int, title: str) -> None:
        """Let the head owe a self-check of a further post by some days from today."""
        post = a_post(self.session, self.unit, title, title)
        self.session.add(
            Deadline(
                kind=DeadlineKind.SELF_CHECK,
                person_id=self.head.id,
                post_id=post.id,
                subject=post.id,
                due_on=TODAY + timedelta(days=days),
            )
        )

    def looks_again(self, days: int) -> None:
        """Let the grade of the head's own post be looked at again some days from today."""
        self.session.add(
            Deadline(
                kind=DeadlineKind.REGRADE,
                person_id=self.head.id,
                post_id=self.post.id,
                subject=self.post.id,
                due_on=TODAY + timedelta(days=days),
            )
        )

    def asks(self) -> Reply:
        """Ask what waits."""
        self.session.flush()
        roles = frozenset({Role.CADRE, Role.UNIT_HEAD})
        standing = Standing(roles, frozenset({self.unit.id}), frozenset({self.post.id}))
        occasion = Occasion(
            now=NOON,
            today=TODAY,
            chat=1,
            keys=self.keys,
            language=Language.ZH_HANT,
            known=Known(self.head.id, self.head.name, standing),
        )
        (reply,) = record(events.WorkAsked(), self.session, occasion, None).replies
        return reply

    def lines(self) -> list[str]:
        """The lines of what waits."""
        _, listing = self.asks().phrases
        assert isinstance(listing, Listing)
        return [plain_words(one, Language.ZH_HANT) for one in listing.items]

    def buttons(self) -> list[str]:
        """The buttons under it."""
        rows = self.asks().buttons
        return [plain_words(key.label, Language.ZH_HANT) for row in rows for key in row]


def test_what_is_late_comes_first_and_says_by_how_many_days(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        desk = Desk(session, keys)
        desk.owes(0, "會計")
        desk.owes(-2, "出納")
        desk.owes(-9, "票據員")
        assert desk.lines() == [
            "⏰ 逾期 9 天｜自查「票據員」，2026年2月21日前",
            "⏰ 逾期 2 天｜自查「出納」，2026年2月28日前",
            "・自查「會計」，2026年3月2日前",
        ]
        assert desk.buttons() == ["自查：票據員", "自查：出納", "自查：會計"]


@pytest.mark.parametrize("in_a_round", [True, False])
def test_measures_are_offered_once_their_stage_is_open_and_not_before(
    database: Database, keys: Keyring, in_a_round: bool
) -> None:
    with database.writing() as session:
        desk = Desk(session, keys)
        aspects = [AspectChecked(Aspect.DUTY, (POINT,))]
        declarations.declare(
            *(session, desk.head.id, desk.post.id, aspects), round_id=None, now=NOON, today=TODAY
        )
        if in_a_round:
            current = Round(name="2026年度", opened_by=desk.head.id, opened_on=TODAY)
            session.add(current)
            session.flush()
            day = TODAY + timedelta(days=7)
            session.add_all(
                RoundStage(round_id=current.id, stage=stage, due_on=day) for stage in Stage
            )
        lines, buttons = desk.lines(), desk.buttons()
    assert ("落實措施：所長" in buttons) is not in_a_round
    later = "・「所長」有 1 項措施，等本單位完成「宣傳發動」、進入「措施防控」後再落實到人"
    assert (later in lines) is in_a_round


def test_entries_that_wait_for_ones_approval_are_among_what_waits(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        desk = Desk(session, keys)
        clerk = a_person(session, "何文書", keys=keys, roles=[Role.OFFICE_CLERK])
        entry = PowerEntry(
            *("Z1", "Z1-Q01", "經費報銷審核", PowerCategory.PAYMENT, ("Z1-1",)),
            basis="財務管理辦法",
            subject="財政所",
        )
        catalogues.write(session, entry, by=clerk.id, now=NOON)
        assert desk.lines() == ["・1 條目錄等您審定"]
        assert desk.buttons() == ["🖋 目錄審定"]


def test_a_grade_is_looked_at_again_from_its_first_notice_on(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        desk = Desk(session, keys)
        desk.looks_again(91)
        desk.owes(91, "出納")
        assert desk.buttons() == ["自查：出納"]
        session.execute(sa.update(Deadline).values(due_on=TODAY + timedelta(days=90)))
        assert desk.buttons() == ["自查：所長", "自查：出納"]
