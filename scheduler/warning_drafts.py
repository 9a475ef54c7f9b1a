"""The rules draft warnings from what was seen; the machine issues none."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.rules.access import COMMISSION, Action
from dialogs.rules.calendar import Calendar
from dialogs.rules.signals import GRAVITY, suggest
from dialogs.rules.warning import ON_THE_DESK
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import WarningMove, WarningState
from scheduler import escalations
from scheduler.turns import in_turn
from storage import letters, signals, warnings
from storage.people import with_role
from storage.sealing import Keyring
from storage.tables import GradedWarning, Unit, WarningStep
from storage.warnings.reading import aside

ASKED, BEHIND, DESK = "rules_asked", "rules_behind", "drafts_on_the_desk"
TURN, DIGEST, REPLIES = "warnings_told", "warning_digest", "replies_told"
EPOCH = datetime.fromtimestamp(0, UTC)
AGAIN = timedelta(days=number("told_again"))  # after which what still waits is told of again
UNREVIEWED = (WarningState.REPLIED, WarningState.AUDITED)


def look_and_draft(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Let silence climb, then draft what the rules suggest; count the drafts."""
    climbed = escalations.climb(session, now=now, zone=zone, calendar=calendar, keys=keys)
    return draft(session, now=now, zone=zone, calendar=calendar, keys=keys, anew=climbed > 0)


def draft(
    session: Session,
    *,
    now: datetime,
    zone: ZoneInfo,
    calendar: Calendar,
    keys: Keyring,
    anew: bool = False,
) -> int:
    """Look for signals, ask the rules, open the drafts they suggest; count these.

    The rules are asked once a day, and again when something new was seen (`anew` says that it
    was) or a draft has left the desk, behind which another may wait.
    """
    today = now.astimezone(zone).date()
    new = signals.look(session, today=today, zone=zone, calendar=calendar)
    asked_today = signals.upto(session, ASKED) == today.toordinal()
    if asked_today and not new and not anew and signals.upto(session, DESK) == waiting(session):
        return 0
    signals.forget_leads(session)
    for unit, said in signals.take_back_the_countys(session, keys=keys, now=now, today=today):
        tell_secretary(session, unit, said, keys=keys, now=now)
    opened, blocked = 0, False
    since = signals.since(session, BEHIND, today=today)
    for place, look in signals.looks(session, today=today, since=since, calendar=calendar):
        above_us = place.post is None and warnings.is_the_countys(session, place.unit, today=today)
        for made in suggest(look):
            if above_us:
                signals.leave_to_the_county(session, made, today=today)
                facts = [one.fact for one in made.why]
                tell_secretary(session, place.unit, facts, keys=keys, now=now)
                continue
            waiting_there = signals.on_the_desk(session, place, made.rule)
            if any(GRAVITY[one.level] >= GRAVITY[made.level] for one in waiting_there):
                blocked = True
                continue
            if signals.draft(session, place, made, keys=keys, now=now, today=today):
                opened += 1
                signals.give_way(session, waiting_there, keys=keys, now=now)
    if not blocked:
        signals.looked(session, BEHIND, today.toordinal())
    signals.looked(session, ASKED, today.toordinal())
    signals.looked(session, DESK, waiting(session))
    return opened


def tell_secretary(
    session: Session, unit: UUID, facts: Sequence[Sayable], *, keys: Keyring, now: datetime
) -> None:
    """Tell the secretary what was seen of a unit that the county supervises; no draft is made."""
    values: dict[str, Sayable] = {
        "unit": session.get_one(Unit, unit).name,
        "facts": Listing(facts),
    }
    says = Reply([Phrase("signal.of_the_county", values)])
    letters.tell(session, escalations.secretaries(session), says, keys=keys, now=now)


def waiting(session: Session) -> int:
    """Count the drafts of the rules that wait on the desk."""
    counted = sa.select(sa.func.count()).where(
        col(GradedWarning.state).in_(ON_THE_DESK), col(GradedWarning.rule) != ""
    )
    count: int = session.execute(counted).scalar_one()
    return count


def tell_of_what_waits(
    session: Session, *, now: datetime, zone: ZoneInfo, calendar: Calendar, keys: Keyring
) -> int:
    """Tell each member how many drafts and replies wait, and what is to be looked back on.

    In one message, at the member's own hour, of those they may open: of drafts on a day on which
    there are new ones, and of replies on one on which one has waited too long, else once a week;
    of what is to be looked back on once.
    """
    members = dict(in_turn(session, TURN, now=now, zone=zone, calendar=calendar))
    if not members:
        return 0
    today = now.astimezone(zone).date()
    drafts, backs = drafted(session), to_look_back_on(session, today=today)
    replies = unreviewed(session, today=today, zone=zone, calendar=calendar)
    theirs = readers(session, [*drafts, *replies, *backs], today=today)
    heard = 0
    for member, last in members.items():
        open_to = theirs.get(member, ())
        new = [one for one in open_to if one in backs and not (last and backs[one] <= last)]
        says = [Phrase("signal.look_backs", {"count": len(new)})] if new else []
        for what, key, all_ in (
            (REPLIES, "signal.replies", replies),
            (DIGEST, "signal.digest", drafts),
        ):
            waiting = [all_[one] for one in open_to if one in all_]
            if waiting and is_news(session, f"{what}:{member.hex}", max(waiting), now=now):
                says.insert(0, Phrase(key, {"count": len(waiting)}))
        if says:
            heard += tell(session, member, says, keys=keys, now=now)
    return heard


def is_news(session: Session, mark: str, newest: datetime, *, now: datetime) -> bool:
    """Say whether somebody is to hear of what waits, the newest since a moment; note it if so."""
    told = at(signals.upto(session, mark))
    news = newest > told or now - told >= AGAIN
    if news:
        signals.looked(session, mark, since_epoch(now))
    return news


def drafted(session: Session) -> Mapping[UUID, datetime]:
    """Find the drafts of the rules that wait, and when each was made."""
    rows = session.execute(
        sa.select(col(GradedWarning.id), sa.func.max(col(WarningStep.taken_at)))
        .join(WarningStep, col(WarningStep.warning_id) == col(GradedWarning.id))
        .where(
            col(GradedWarning.state) == WarningState.DRAFTED,
            col(GradedWarning.rule) != "",
            col(WarningStep.move) == WarningMove.DRAFT,
        )
        .group_by(col(GradedWarning.id))
    )
    return dict(rows.all())


def unreviewed(
    session: Session, *, today: date, zone: ZoneInfo, calendar: Calendar
) -> Mapping[UUID, datetime]:
    """Find the warnings whose reply has waited too long for a review, and since when it has."""
    rows = session.execute(
        sa.select(col(GradedWarning.id), sa.func.max(col(WarningStep.taken_at)))
        .join(WarningStep, col(WarningStep.warning_id) == col(GradedWarning.id))
        .where(col(GradedWarning.state).in_(UNREVIEWED))
        .group_by(col(GradedWarning.id))
    ).all()
    due = {
        warning: calendar.add_working_days(came.astimezone(zone).date(), number("review_days"))
        for warning, came in rows
    }
    return {
        warning: datetime.combine(day, time.min, zone)
        for warning, day in due.items()
        if day <= today
    }


def since_epoch(moment: datetime) -> int:
    """Say how many microseconds after the epoch a moment is."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def at(mark: int | None) -> datetime:
    """Find the moment of a mark; the epoch where there is none."""
    return EPOCH + timedelta(microseconds=mark or 0)


def readers(
    session: Session, drafts: Collection[UUID], *, today: date
) -> Mapping[UUID, Sequence[UUID]]:
    """Find what of some warnings each member of the commission may open; who may none is left out.

    Whoever stands aside from one, or is whom it is about, is not told that there is one.
    """
    theirs: dict[UUID, list[UUID]] = {one.id: [] for one in with_role(session, tuple(COMMISSION))}
    for warning in session.exec(select(GradedWarning).where(col(GradedWarning.id).in_(drafts))):
        away = {*aside(session, warning, today=today), warning.person_id}
        for member, open_to in theirs.items():
            if member not in away:
                open_to.append(warning.id)
    return {member: open_to for member, open_to in theirs.items() if open_to}


def to_look_back_on(session: Session, *, today: date) -> Mapping[UUID, date]:
    """Find the lifted warnings that are to be looked back on by now, and since which day."""
    looked_back = sa.exists().where(
        col(WarningStep.warning_id) == col(GradedWarning.id),
        col(WarningStep.move) == WarningMove.LOOK_BACK,
    )
    rows = session.execute(
        sa.select(col(GradedWarning.id), col(GradedWarning.look_back_on)).where(
            col(GradedWarning.look_back_on) <= today,
            col(GradedWarning.state).in_((WarningState.LIFTED, WarningState.ARCHIVED)),
            ~looked_back,
        )
    )
    return dict(rows.all())


def tell(
    session: Session, member: UUID, says: Sequence[Phrase], *, keys: Keyring, now: datetime
) -> int:
    """Tell a member of the commission how much waits."""
    button = Button(Action.WARNINGS, Go(Action.WARNINGS))
    return letters.tell(session, [member], Reply(says, [[button]]), keys=keys, now=now)
