"""What the people of a township do in fourteen months, each thing on its day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.facts import Addressed, OwnSpan, PostToCheck, Way
from dialogs.vocabulary import (
    Accused,
    Aspect,
    BroadcastMove,
    CaseKind,
    CaseMove,
    CaseState,
    DeadlineKind,
    Grade,
    Language,
    Likelihood,
    Severity,
    Verified,
    WarningLevel,
    WarningMove,
    WarningState,
)
from storage import letters, measures, people, warnings
from storage.occasion import Occasion
from storage.outbox import Urgency
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Broadcast, Case, CaseStep, Deadline, GradedWarning, Person, Post, Unit
from tests.builders.matters import person, standing, unit

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2025, 11, 3), date(2026, 12, 31)
CLOSED = OwnSpan(date(2026, 3, 16), date(2026, 3, 18), worked=False, reason="線路檢修停電")
JOINED = (
    *("周文博", "韓守正", "鄧志遠", "羅敏", "姚遠航", "何靜怡"),
    *("鄭國良", "許春燕", "呂思穎", "丁曉峰", "沈惠芳", "魏子涵"),
)
Act = Callable[["Scene"], None]


@dataclass(frozen=True)
class Scene:
    """Somebody of the roster does something, in a transaction."""

    session: Session
    keys: Keyring
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def hear(self, name: str, event: events.Event, prepared: object = None) -> None:
        """Write down what somebody did, and answer them."""
        who = self.session.get_one(Person, person(self.session, name))
        known = Known(who.id, name, standing(self.session, name, today=self.today))
        occasion = Occasion(
            *(self.now, self.today, people.account_of(who, keys=self.keys), self.keys),
            Language.ZH_HANT,
            known,
            pressed=1,
            zone=ZONE,
        )
        told = [(who, one) for one in record(event, self.session, occasion, prepared).replies]
        letters.write(self.session, told, keys=self.keys, now=self.now, urgency=Urgency.ANSWER)


def called(due: date, scene: Scene) -> None:
    """The secretary calls every holder of a post to check it."""
    scene.hear("韓守正", events.SelfCheckCalled(due))


def on_paper(scene: Scene) -> None:
    """Who has not joined hands in on paper, in time."""
    rows = scene.session.exec(
        select(Deadline)
        .join(Person, col(Person.id) == col(Deadline.person_id))
        .where(col(Person.account).is_(None), col(Deadline.done_at).is_(None))
    )
    for one in rows.all():
        one.done_at = scene.now
        scene.session.add(one)


def checked(name: str, title: str, scene: Scene) -> None:
    """A holder checks a post, and finds the one risk that there is."""
    post = scene.session.exec(select(Post).where(Post.title == title)).one()
    of = scene.session.get_one(Unit, post.unit_id)
    way = Way("空白單據無人登記", f"{title}每月盤點一次")
    point = events.FoundPoint(
        *("單據外流", (way,), Likelihood.MEDIUM, Severity.DISCIPLINE, Grade.MEDIUM)
    )
    aspects = [events.AspectChecked(Aspect.DUTY, (point,))]
    asked = PostToCheck(post.id, title, of.name, of.kind, post.duty)
    scene.hear(name, events.SelfChecked(asked, aspects), b"form")


def planned(name: str, owner: str, due: date, scene: Scene) -> None:
    """A holder gives the measures of what they declared an owner and a day."""
    found = [
        events.MeasurePlanned(one.id, person(scene.session, owner), due, "盤點記錄")
        for one, _ in measures.unplanned(scene.session, person(scene.session, name))
    ]
    scene.hear(name, events.MeasuresPlanned(found))


def reported(name: str, scene: Scene) -> None:
    """An owner says that their measures are done."""
    for one in measures.owned(scene.session, person(scene.session, name)):
        scene.hear(name, events.MeasureReported(one.id, "已盤點。", finished=True))


def verified(passed: bool, scene: Scene) -> None:
    """The head looks at what was reported as done."""
    units = frozenset({unit(scene.session, "財政所")})
    for one in measures.reported(scene.session, units):
        scene.hear("鄭國良", events.MeasureVerified(one.id, passed, "已核對"))


def upheld(of: str, scene: Scene) -> None:
    """A complaint about the service of a unit is concluded as true."""
    case = Case(
        number=f"T{scene.today:%m%d}",
        kind=CaseKind.SERVICE,
        accused=Accused.NOBODY,
        unit_id=unit(scene.session, of),
        public=b"",
        state=CaseState.CONCLUDED,
        received_on=scene.today - timedelta(days=20),
        due_on=scene.today + timedelta(days=10),
        verified=Verified.TRUE,
    )
    scene.session.add(case)
    scene.session.flush()
    step = {"ordinal": 0, "move": CaseMove.CONCLUDE, "leads": case.state}
    scene.session.add(CaseStep(case_id=case.id, taken_on=scene.today, **step))


def draft_of(name: str, level: WarningLevel, scene: Scene) -> GradedWarning:
    """Find the newest warning of a level about somebody."""
    return scene.session.exec(
        select(GradedWarning)
        .where(GradedWarning.level == level)
        .where(GradedWarning.person_id == person(scene.session, name))
        .where(GradedWarning.state != WarningState.DROPPED)
        .order_by(col(GradedWarning.drafted_on).desc(), col(GradedWarning.rule).desc())
    ).all()[0]


def moved(by: str, name: str, level: WarningLevel, move: WarningMove, scene: Scene) -> None:
    """A member of the commission takes a step of the warning about somebody."""
    one = draft_of(name, level, scene)
    seen = warnings.taken(scene.session, one.id)
    demand = "七日內說明原因並補辦" if move in (WarningMove.ISSUE, WarningMove.PROPOSE) else ""
    scene.hear(by, events.WarningMoved(one.id, seen, move, "已核對", demand), ())


def signed(name: str, level: WarningLevel, scene: Scene) -> None:
    """Whom a warning is addressed to signs for it."""
    scene.hear(name, events.WarningSigned(draft_of(name, level, scene).id))


def replied(name: str, level: WarningLevel, scene: Scene) -> None:
    """Whom a warning is addressed to replies."""
    day = scene.today + timedelta(days=14)
    said = ("年終事多，提醒看了沒有辦。", "每日清點並登記", day, "按時日清，絕不拖延")
    scene.hear(name, events.WarningReplied(draft_of(name, level, scene).id, *said), ())


def cleared(scene: Scene) -> None:
    """A member of the commission drops the drafts that wait: what they tell is slight."""
    waiting = scene.session.exec(
        select(GradedWarning)
        .join(Unit, col(Unit.id) == col(GradedWarning.unit_id))
        .join(Post, col(Post.id) == col(GradedWarning.post_id), isouter=True)
        .where(GradedWarning.state == WarningState.DRAFTED)
        .order_by(col(Unit.code), col(Post.code), col(GradedWarning.rule))
    ).all()
    for one in waiting:
        seen = warnings.taken(scene.session, one.id)
        dropped = events.WarningMoved(one.id, seen, WarningMove.DROP, "情節輕微，已當面提醒")
        near = warnings.warned(scene.session, one, today=scene.today).aside
        members = ("羅敏", "姚遠航", "韓守正")
        by = next(name for name in members if person(scene.session, name) not in near)
        scene.hear(by, dropped, ())


def announced(hour: int, day: date, scene: Scene) -> None:
    """The secretary writes to two offices; it is sent at an hour."""
    to = Addressed(units=[unit(scene.session, name) for name in ("財政所", "民政辦")])
    text = "春節將至，請勿收受禮金禮品。"
    scene.hear("韓守正", events.BroadcastOrdered(to, text, day=day, hour=hour))
    drawn = scene.session.exec(select(Broadcast)).one()
    scene.hear("韓守正", events.BroadcastSteered(drawn.id, BroadcastMove.SEND))


def to_grade_anew(name: str, title: str, due: date, scene: Scene) -> None:
    """A grade that was filed long ago comes up for grading anew."""
    post = scene.session.exec(select(Post.id).where(Post.title == title)).one()
    scene.session.add(
        Deadline(
            kind=DeadlineKind.REGRADE,
            person_id=person(scene.session, name),
            post_id=post,
            subject=post,
            due_on=due,
        )
    )


def closed(scene: Scene) -> None:
    """The clerk enters the township's own closure."""
    scene.hear("何靜怡", events.OwnDaysEntered(CLOSED))


def checks(month: int, year: int, *days: tuple[int, str, str]) -> Iterator[tuple[date, Act]]:
    """Let holders check posts on days of a month."""
    for day, name, title in days:
        yield date(year, month, day), partial(checked, name, title)


def cleared_on(year: int, *days: tuple[int, int]) -> Iterator[tuple[date, Act]]:
    """Let the commission clear its desk on days of a year."""
    for month, day in days:
        yield date(year, month, day), cleared


YELLOW, ORANGE = WarningLevel.YELLOW, WarningLevel.ORANGE
LV = "呂思穎"
STORY: Sequence[tuple[date, Act]] = (
    (date(2025, 11, 3), on_paper),
    (date(2025, 11, 4), partial(called, date(2025, 11, 28))),
    (date(2025, 11, 25), on_paper),
    *checks(
        *(11, 2025),
        (6, "羅敏", "鎮紀檢辦主任"),
        (10, "何靜怡", "黨政辦文書"),
        (12, "許春燕", "財政所會計"),
        (13, "沈惠芳", "民政辦主任"),
        (18, "周文博", "鎮長"),
        (20, "鄭國良", "財政所所長"),
        (24, "韓守正", "鎮紀委書記"),
        (26, "姚遠航", "鎮紀檢辦幹事"),
        (27, "何靜怡", "黨政辦印章管理員"),
        (28, "鄧志遠", "鎮紀委副書記"),
    ),
    *checks(
        *(12, 2025),
        (2, LV, "財政所出納"),
        (4, "魏子涵", "民政辦幹事"),
        (19, LV, "財政所票據員"),
    ),
    *cleared_on(2025, (12, 2), (12, 5)),
    (date(2025, 12, 3), partial(planned, LV, LV, date(2025, 12, 26))),
    (date(2025, 12, 3), partial(planned, "許春燕", "丁曉峰", date(2026, 1, 30))),
    *checks(1, 2026, (9, "丁曉峰", "財政所惠農專管員")),
    (date(2025, 12, 31), partial(moved, "姚遠航", LV, YELLOW, WarningMove.ISSUE)),
    (date(2026, 1, 14), partial(moved, "羅敏", LV, ORANGE, WarningMove.PROPOSE)),
    (date(2026, 1, 14), cleared),
    (date(2026, 1, 15), partial(moved, "韓守正", LV, ORANGE, WarningMove.ISSUE)),
    (date(2026, 1, 19), partial(reported, LV)),
    (date(2026, 1, 20), partial(verified, True)),
    (date(2026, 1, 28), partial(reported, "丁曉峰")),
    (date(2026, 2, 3), partial(verified, False)),
    (date(2026, 2, 5), partial(reported, "丁曉峰")),
    (date(2026, 2, 6), partial(verified, True)),
    (date(2026, 1, 21), partial(signed, LV, ORANGE)),
    (date(2026, 2, 4), partial(replied, LV, ORANGE)),
    (date(2026, 2, 9), partial(moved, "姚遠航", LV, ORANGE, WarningMove.ACCEPT)),
    (date(2026, 2, 12), partial(moved, "韓守正", LV, ORANGE, WarningMove.LIFT)),
    (date(2026, 2, 11), partial(announced, 10, date(2026, 2, 12))),
    (date(2026, 2, 24), partial(to_grade_anew, "許春燕", "財政所會計", date(2026, 6, 15))),
    (date(2026, 2, 24), partial(to_grade_anew, "丁曉峰", "財政所惠農專管員", date(2026, 9, 10))),
    (date(2026, 3, 5), closed),
    *cleared_on(2026, (2, 3), (2, 6), (3, 3), (3, 23), (4, 28), (5, 7), (5, 13)),
    *cleared_on(2026, (7, 14), (8, 11), (8, 25), (9, 15), (10, 13), (11, 4)),
    (date(2026, 3, 19), partial(upheld, "民政辦")),
    (date(2026, 4, 1), partial(called, date(2026, 4, 24))),
    (date(2026, 4, 20), on_paper),
    *checks(
        *(4, 2026),
        (3, "羅敏", "鎮紀檢辦主任"),
        (8, "何靜怡", "黨政辦文書"),
        (8, "何靜怡", "黨政辦印章管理員"),
        (13, "鄭國良", "財政所所長"),
        (14, "沈惠芳", "民政辦主任"),
        (15, "韓守正", "鎮紀委書記"),
        (16, "姚遠航", "鎮紀檢辦幹事"),
        (17, "鄧志遠", "鎮紀委副書記"),
        (21, "周文博", "鎮長"),
        (28, "許春燕", "財政所會計"),
        (30, LV, "財政所出納"),
    ),
    *checks(
        *(5, 2026),
        (8, LV, "財政所票據員"),
        (12, "魏子涵", "民政辦幹事"),
        (20, "魏子涵", "民政辦物資員"),
    ),
    (date(2026, 7, 9), partial(upheld, "民政辦")),
    (date(2026, 8, 6), partial(upheld, "民政辦")),
    (date(2026, 8, 20), partial(upheld, "民政辦")),
    *checks(10, 2026, (12, "丁曉峰", "財政所惠農專管員")),
)


ACTING = frozenset(day for day, _ in STORY)
