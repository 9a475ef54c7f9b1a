"""The way of a warning: 草擬, 簽發, 送達, 簽收, 回覆, 審核, 解除, 歸檔; and off it.

`WAY` is the whole of it; docs/workflows.md is written from it. The machine may draft and suggest;
every step that binds somebody is taken by a named person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import COMMISSION, Permission, Standing, anywhere
from dialogs.rules.months import months_later
from dialogs.speech import Phrase
from dialogs.vocabulary import Role
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningMove as Move
from dialogs.vocabulary import WarningState as State

SECRETARY = anywhere(Role.COMMISSION_SECRETARY)
NOBODY: Permission = MappingProxyType({})  # it comes about by itself, or by another warning
GRAVER = (Level.ORANGE, Level.RED)
NOT_GRAVEST = (Level.YELLOW, Level.ORANGE)
YEAR = timedelta(days=365)
Issued: TypeAlias = Sequence[tuple[Level, date]]  # warnings of one person or unit, by their day


@dataclass(frozen=True)
class Step:
    """A step: from which state it leads where, who may take it, and of which levels.

    A warning that is new starts from None. With `by` None it is whoever it is addressed to.
    """

    move: Move
    start: State | None
    leads: State
    by: Permission | None
    levels: Sequence[Level] = tuple(Level)


ON_THE_DESK = (State.DRAFTED, State.PROPOSED, State.COUNTERSIGNED)  # nobody outside knows of it
TO_ANSWER = (State.SIGNED, State.SENT_BACK)
AT_WORK = (
    State.ISSUED,
    State.DELIVERED,
    *TO_ANSWER,
    State.REPLIED,
    State.AUDITED,
    State.ACCEPTED,
)
REACHED = (State.DELIVERED, *TO_ANSWER)  # the addressee has it, and has yet to answer
WAITED_FOR = (State.ISSUED, *REACHED)
OVER = (State.ARCHIVED, State.DROPPED, State.LEFT, State.ESCALATED, State.REVOKED)
OUT = (*AT_WORK, State.LIFTED, State.ARCHIVED, State.ESCALATED)  # it has been issued

WAY = (
    Step(Move.DRAFT, None, State.DRAFTED, COMMISSION),  # or the rules of the machine
    # 三級: any member issues. 二級: the secretary, what another proposed. 一級: countersigned too.
    Step(Move.ISSUE, State.DRAFTED, State.ISSUED, COMMISSION, (Level.YELLOW,)),
    Step(Move.PROPOSE, State.DRAFTED, State.PROPOSED, COMMISSION, GRAVER),
    Step(Move.ISSUE, State.PROPOSED, State.ISSUED, SECRETARY, (Level.ORANGE,)),
    Step(Move.COUNTERSIGN, State.PROPOSED, State.COUNTERSIGNED, COMMISSION, (Level.RED,)),
    Step(Move.ISSUE, State.COUNTERSIGNED, State.ISSUED, SECRETARY, (Level.RED,)),
    Step(Move.REDRAFT, State.PROPOSED, State.DRAFTED, COMMISSION, GRAVER),
    Step(Move.REDRAFT, State.COUNTERSIGNED, State.DRAFTED, COMMISSION, GRAVER),
    # Off the way: dropped with the reason, or gone to the vault as a lead.
    *(Step(Move.DROP, state, State.DROPPED, COMMISSION) for state in ON_THE_DESK),
    *(Step(Move.LEAVE, state, State.LEFT, COMMISSION) for state in ON_THE_DESK),
    # The machine takes back what its rules drafted: a graver one has come, or it is the county's.
    *(Step(Move.WITHDRAW, state, State.DROPPED, NOBODY) for state in ON_THE_DESK),
    # It reaches its addressee: in the chat by itself, on paper by a member's word.
    Step(Move.DELIVER, State.ISSUED, State.DELIVERED, COMMISSION),
    # One to a unit follows its head: a new one, who is yet to be reached, answers from then on.
    *(Step(Move.HAND_ON, state, State.ISSUED, NOBODY) for state in (State.ISSUED, State.DELIVERED)),
    *(Step(Move.HAND_ON, state, state, NOBODY) for state in TO_ANSWER),
    Step(Move.SIGN, State.ISSUED, State.SIGNED, None),
    Step(Move.SIGN, State.DELIVERED, State.SIGNED, None),
    *(Step(Move.REPLY, state, State.REPLIED, None) for state in TO_ANSWER),
    # The reply is looked at; the plan of a 一級 is audited by one and passed by another.
    Step(Move.ACCEPT, State.REPLIED, State.ACCEPTED, COMMISSION, NOT_GRAVEST),
    Step(Move.AUDIT, State.REPLIED, State.AUDITED, COMMISSION, (Level.RED,)),
    Step(Move.ACCEPT, State.AUDITED, State.ACCEPTED, COMMISSION, (Level.RED,)),
    Step(Move.SEND_BACK, State.REPLIED, State.SENT_BACK, COMMISSION),
    Step(Move.SEND_BACK, State.AUDITED, State.SENT_BACK, COMMISSION, (Level.RED,)),
    # More time: asked before the day is over, decided by the secretary.
    *(Step(Move.ASK_EXTENSION, state, state, None) for state in TO_ANSWER),
    *(Step(Move.EXTEND, state, state, SECRETARY) for state in TO_ANSWER),
    *(Step(Move.KEEP_DAY, state, state, SECRETARY) for state in TO_ANSWER),
    # A higher draft is bound to it; when that is issued, it gives way.
    *(Step(Move.ESCALATE, state, state, COMMISSION, NOT_GRAVEST) for state in AT_WORK),
    *(Step(Move.GIVE_WAY, state, State.ESCALATED, NOBODY, NOT_GRAVEST) for state in AT_WORK),
    *(Step(Move.REPORT_UP, state, state, SECRETARY, (Level.RED,)) for state in AT_WORK),
    *(Step(Move.REVOKE, state, State.REVOKED, SECRETARY) for state in AT_WORK),
    Step(Move.LIFT, State.ACCEPTED, State.LIFTED, COMMISSION),
    Step(Move.ARCHIVE, State.LIFTED, State.ARCHIVED, COMMISSION),
    Step(Move.LOOK_BACK, State.LIFTED, State.LIFTED, COMMISSION),
    Step(Move.LOOK_BACK, State.ARCHIVED, State.ARCHIVED, COMMISSION),
    # A lead is opened beside it, of which nothing is written on it, or the accused would see it.
    *(Step(Move.OPEN_LEAD, state, state, COMMISSION) for state in OUT),
)
ONWARD = tuple(move for move in Move if any(s.move is move and s.leads is not s.start for s in WAY))
BY_THE_COMMISSION = frozenset(step.move for step in WAY if step.by is not None)
BY_THE_ADDRESSEE = frozenset(step.move for step in WAY if step.by is None)
ANOTHER = frozenset(  # taken by somebody else than who took the last step towards it
    {Move.COUNTERSIGN, Move.AUDIT, Move.ACCEPT}
)
NOT_THE_AUTHOR = frozenset({Move.AUDIT, Move.ACCEPT})  # where another member may
NEVER_THE_AUTHOR = frozenset({Move.LIFT})
TOWARDS_ISSUE = frozenset({Move.PROPOSE, Move.COUNTERSIGN})  # somebody else has to issue it then
SOMEBODY_ELSES = frozenset({"four_eyes", "own_draft", "nobody_else_to_issue"})  # refusals
AWAITED = frozenset(  # what a warning waits for; every other step is taken where there is cause
    {
        Move.PROPOSE,
        Move.COUNTERSIGN,
        Move.ISSUE,
        Move.SIGN,
        Move.REPLY,
        Move.AUDIT,
        Move.ACCEPT,
        Move.EXTEND,
        Move.LIFT,
        Move.ARCHIVE,
        Move.LOOK_BACK,
    }
)


@dataclass(frozen=True)
class Warned:
    """A warning as the way sees it.

    `author` is the person who drafted it, or took up what the machine did; `last_by` who took the
    last step on the way; `asker` who asked for more time and has had no word yet; `latest` is the
    day past which it is put off no more. `aside` never take a step on it; `issuers` are those who
    may issue a graver one, None where that has not been looked at; with `others` a member besides
    these may review it, with `to_look_back` it has yet to be looked back on, with `on_paper` its
    addressee has not joined, or the letter did not reach them.
    """

    level: Level
    state: State
    addressee: UUID | None = None
    author: UUID | None = None
    last_by: UUID | None = None
    asker: UUID | None = None
    aside: frozenset[UUID] = frozenset()
    issuers: frozenset[UUID] | None = None
    others: bool = True
    due_on: date | None = None
    latest: date | None = None
    to_look_back: bool = False
    on_paper: bool = False


def step_of(move: Move, warned: Warned) -> Step:
    """Find the step of a move from where a warning stands; raise Refused if there is none."""
    for step in WAY:
        if step.move is move and step.start is warned.state and warned.level in step.levels:
            return step
    raise Refused("warning_not_there", state=warned.state)


def take(move: Move, warned: Warned, *, actor: UUID, standing: Standing, today: date) -> Step:
    """Find the step that somebody takes; raise Refused unless it is theirs and its time is now.

    Whom a warning is addressed to takes the addressee's steps and no other; of one who has not
    joined a member writes them down from paper. Who is near to them takes none.
    """
    step = step_of(move, warned)
    if step.by is None:
        if actor != warned.addressee:
            must_be_on_paper(warned, actor, standing)
        must_be_in_time(move, warned, today)
        return step
    if not permits_anywhere(step.by, standing):
        raise Refused("not_allowed")
    if actor == warned.addressee:
        raise Refused("own_warning")
    if actor in warned.aside:
        raise Refused("warning_aside")
    must_be_another(move, warned, actor)
    return step


def must_be_on_paper(warned: Warned, actor: UUID, standing: Standing) -> None:
    """Raise Refused unless a member writes down what an addressee did on paper."""
    if not warned.on_paper or not permits_anywhere(COMMISSION, standing):
        raise Refused("not_your_warning")
    if actor in warned.aside:
        raise Refused("warning_aside")


def permits_anywhere(by: Permission, standing: Standing) -> bool:
    """Say whether a permission covers somebody, whichever unit a warning is about."""
    return any(role in by for role in standing.roles)


def must_be_in_time(move: Move, warned: Warned, today: date) -> None:
    """Raise Refused where more time is asked for twice, when the day is over, or none is left."""
    if move is not Move.ASK_EXTENSION:
        return
    if warned.asker is not None:
        raise Refused("extension_asked_already")
    if warned.due_on is None or today > warned.due_on:
        raise Refused("extension_too_late")
    if warned.latest is not None and warned.due_on >= warned.latest:
        raise Refused("extension_used_up", latest=warned.latest)


def must_be_another(move: Move, warned: Warned, actor: UUID) -> None:
    """Raise Refused where a second person is needed and this is the first."""
    second = move in ANOTHER or (move is Move.ISSUE and warned.level in GRAVER)
    if second and actor == warned.last_by:
        raise Refused("four_eyes")
    if move in TOWARDS_ISSUE and warned.issuers is not None and not warned.issuers - {actor}:
        raise Refused("nobody_else_to_issue")
    first_look = warned.state is State.REPLIED and move in NOT_THE_AUTHOR
    if (move in NEVER_THE_AUTHOR or (first_look and warned.others)) and actor == warned.author:
        raise Refused("own_draft")
    if move in (Move.EXTEND, Move.KEEP_DAY) and warned.asker is None:
        raise Refused("nothing_asked")
    if move is Move.LOOK_BACK and not warned.to_look_back:
        raise Refused("looked_back_already")


def may_take(move: Move, warned: Warned, *, actor: UUID, standing: Standing, today: date) -> bool:
    """Say whether somebody may take a step now."""
    try:
        take(move, warned, actor=actor, standing=standing, today=today)
    except Refused:
        return False
    return True


def possible(warned: Warned, *, actor: UUID, standing: Standing, today: date) -> tuple[Move, ...]:
    """List the steps somebody may take now, in the order they are offered."""
    return tuple(
        move for move in Move if may_take(move, warned, actor=actor, standing=standing, today=today)
    )


def awaited(warned: Warned, *, actor: UUID, standing: Standing, today: date) -> Sequence[Move]:
    """List the steps a warning waits for somebody to take, as against those they might.

    One on paper waits for the commission to bring it, and again when nothing came back in time.
    """
    moves = possible(warned, actor=actor, standing=standing, today=today)
    late = warned.due_on is not None and warned.due_on < today
    wanted = AWAITED | {Move.DELIVER} if warned.on_paper else AWAITED
    if warned.on_paper and not late:
        wanted -= BY_THE_ADDRESSEE
    return [move for move in moves if move in wanted]


def withheld(warned: Warned, *, actor: UUID, standing: Standing, today: date) -> Iterator[Phrase]:
    """Say what a warning waits for that somebody must leave to another, and why."""
    for move in Move:
        if move not in AWAITED:
            continue
        try:
            take(move, warned, actor=actor, standing=standing, today=today)
        except Refused as refused:
            if str(refused) in SOMEBODY_ELSES:
                yield Phrase("warning.withheld", {"move": move, "why": refused.phrase})


def higher(level: Level) -> Level | None:
    """Name the next graver level; None above the gravest."""
    match level:
        case Level.YELLOW:
            return Level.ORANGE
        case Level.ORANGE:
            return Level.RED
        case Level.RED:
            return None


def reply_due(issued: date, *, level: Level) -> date:
    """Find the day by which a warning is answered."""
    match level:
        case Level.YELLOW:
            days = number("reply_days_yellow")
        case Level.ORANGE:
            days = number("reply_days_orange")
        case Level.RED:
            days = number("reply_days_red")
    return issued + timedelta(days=days)


def latest_extension(due: date) -> date:
    """Find the latest day to which a reply may be put off, from the day it first had."""
    return due + timedelta(days=number("reply_extension"))


def look_back_on(lifted: date) -> date:
    """Find the day on which a lifted warning is looked at once more (回頭看)."""
    return months_later(lifted, number("look_back_months"))


def too_many() -> Mapping[Level, int]:
    """Say how many warnings of a level within a year call for more."""
    return {
        Level.YELLOW: number("yellow_in_a_year"),
        Level.ORANGE: number("orange_in_a_year"),
        Level.RED: number("red_in_a_year"),
    }


def tally(issued: Issued, *, today: date) -> Sequence[tuple[Level, int]]:
    """Count by level the warnings that were issued within a year."""
    recent = [level for level, day in issued if day > today - YEAR]
    return [(level, recent.count(level)) for level in Level]


def reached(issued: Issued, *, today: date) -> Sequence[Level]:
    """List the levels of which as many were issued within a year as call for more.

    What to do then is decided by people.
    """
    most = too_many()
    return [level for level, count in tally(issued, today=today) if count >= most[level]]
