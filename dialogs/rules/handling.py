"""The way of a case: who may take which step from where, and where it leads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from dialogs.errors import Refused
from dialogs.vocabulary import CaseMove, CaseState


class Side(Enum):
    """Who takes a step: a handler, the one it is assigned to, who approves it, the writer."""

    HANDLER = auto()
    ASSIGNED = auto()
    APPROVER = auto()
    WRITER = auto()


@dataclass(frozen=True)
class CaseStepRule:
    """A step: from where, by which side, to where; None leaves the case where it stands."""

    move: CaseMove
    start: Sequence[CaseState]
    by: Side
    leads: CaseState | None = None


UNTOLD = frozenset(  # what is written with these stays among handlers
    {
        *(CaseMove.ASSIGN, CaseMove.HAND_BACK, CaseMove.ASK_EXTENSION, CaseMove.RELEASE),
        CaseMove.TELL,
    }
)
SET_ASIDE = (CaseState.QUARANTINED,)
NEW = (CaseState.RECEIVED,)
AT_WORK = (CaseState.ACCEPTED, CaseState.ASKED)
OPEN = (*NEW, *AT_WORK)
OVER = (CaseState.CONCLUDED, CaseState.DECLINED)

WAY: Sequence[CaseStepRule] = (
    CaseStepRule(CaseMove.RELEASE, SET_ASIDE, Side.HANDLER, CaseState.RECEIVED),
    CaseStepRule(CaseMove.ACCEPT, NEW, Side.HANDLER, CaseState.ACCEPTED),
    CaseStepRule(CaseMove.DECLINE, (*NEW, *SET_ASIDE), Side.HANDLER, CaseState.DECLINED),
    CaseStepRule(CaseMove.HAND_ON, (*OPEN, *SET_ASIDE), Side.HANDLER, CaseState.HANDED_ON),
    CaseStepRule(CaseMove.ASSIGN, OPEN, Side.HANDLER),
    CaseStepRule(CaseMove.HAND_BACK, AT_WORK, Side.ASSIGNED, CaseState.RECEIVED),
    CaseStepRule(CaseMove.ASK, AT_WORK, Side.HANDLER, CaseState.ASKED),
    CaseStepRule(CaseMove.INFORM, OPEN, Side.HANDLER),
    CaseStepRule(CaseMove.ASK_EXTENSION, AT_WORK, Side.HANDLER),
    CaseStepRule(CaseMove.EXTEND, AT_WORK, Side.APPROVER),
    CaseStepRule(CaseMove.CONCLUDE, AT_WORK, Side.HANDLER, CaseState.CONCLUDED),
    CaseStepRule(CaseMove.TELL, (CaseState.CONCLUDED,), Side.HANDLER),
    CaseStepRule(CaseMove.SUPPLEMENT, (CaseState.ASKED,), Side.WRITER, CaseState.ACCEPTED),
    CaseStepRule(
        CaseMove.SUPPLEMENT, (*SET_ASIDE, CaseState.RECEIVED, CaseState.ACCEPTED), Side.WRITER
    ),
    CaseStepRule(CaseMove.RATE, OVER, Side.WRITER),
    CaseStepRule(CaseMove.REOPEN, OVER, Side.WRITER, CaseState.RECEIVED),
    CaseStepRule(
        CaseMove.RETALIATION,
        (*SET_ASIDE, *OVER, CaseState.HANDED_ON),
        Side.WRITER,
        CaseState.RECEIVED,
    ),
    CaseStepRule(CaseMove.RETALIATION, OPEN, Side.WRITER),
    CaseStepRule(CaseMove.WITHDRAW, (*SET_ASIDE, *OPEN), Side.WRITER, CaseState.WITHDRAWN),
)


@dataclass(frozen=True)
class Standing:
    """How a case stands: what the rules of its way look at.

    `asker` is who asked for more time and has had no word yet; `owes_result` is a report under a
    name whose writer has yet to be told what it came to; `in_charge` are those of its handlers who
    head the commission.
    """

    state: CaseState
    assigned: object = None
    asker: object = None
    extended: bool = False
    may_reopen: bool = True
    may_hand_back: bool = True
    rated: bool = False
    owes_result: bool = False
    in_charge: Collection[object] = ()


def rule_of(move: CaseMove, state: CaseState) -> CaseStepRule:
    """Find the rule of a step; raise Refused if there is none from here."""
    for rule in WAY:
        if rule.move is move and state in rule.start:
            return rule
    raise Refused("case_not_there", state=state)


def may_step(rule: CaseStepRule, case: Standing, *, actor: object) -> bool:
    """Say whether somebody of the rule's side may take the step now."""
    if case.state not in rule.start:
        return False
    match rule.move:
        case CaseMove.HAND_BACK:
            return case.assigned == actor and case.may_hand_back
        case CaseMove.ASK_EXTENSION:
            return not case.extended and case.asker is None
        case CaseMove.EXTEND:
            return not case.extended and may_approve(case, actor=actor)
        case CaseMove.REOPEN:
            return case.may_reopen
        case CaseMove.RATE:
            return not case.rated
        case CaseMove.TELL:
            return case.owes_result
        case _:
            return True


def may_approve(case: Standing, *, actor: object) -> bool:
    """Say whether somebody may decide on more time that was asked for (信訪工作條例 §34).

    The head of the commission does; where they asked themselves or must stand aside, another
    handler does.
    """
    heads = [one for one in case.in_charge if one != case.asker]
    return case.asker not in (None, actor) and (actor in heads or not heads)


def steps_for(case: Standing, *, actor: object, writer: bool) -> Sequence[CaseMove]:
    """List the steps a handler, or whoever holds the receipt, may take now."""
    return [
        rule.move
        for rule in WAY
        if (rule.by is Side.WRITER) is writer and may_step(rule, case, actor=actor)
    ]


def take(move: CaseMove, case: Standing, *, actor: object, writer: bool) -> CaseState:
    """Take a step and say where the case stands then; raise Refused if it may not be taken."""
    rule = rule_of(move, case.state)
    if (rule.by is Side.WRITER) is not writer or not may_step(rule, case, actor=actor):
        raise Refused("case_not_there", state=case.state)
    return rule.leads or case.state
