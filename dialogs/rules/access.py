"""Who may do what: the one table behind the menu and behind every refusal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from uuid import UUID

from dialogs.vocabulary import Role, Word


class Action(Word):
    """事項: what a person can set out to do."""

    LODGE = "lodge"
    ASK_AFTER = "ask_after"
    QUESTIONNAIRE = "questionnaire"
    SELF_CHECK = "self_check"
    CASES = "cases"
    ANSWER_CASE = "answer_case"
    BROADCAST = "broadcast"
    UNREACHED = "unreached"
    ACKNOWLEDGE = "acknowledge"
    CALL_SELF_CHECK = "call_self_check"
    WHO_IS_LATE = "who_is_late"
    INVITE = "invite"
    QUESTIONNAIRES = "questionnaires"
    ADD_QUESTIONNAIRE = "add_questionnaire"
    PREVIEW_QUESTIONNAIRE = "preview_questionnaire"
    PUBLISH_QUESTIONNAIRE = "publish_questionnaire"
    DISCARD_QUESTIONNAIRE = "discard_questionnaire"
    WITHDRAW_QUESTIONNAIRE = "withdraw_questionnaire"
    EXPORT_ANSWERS = "export_answers"
    JOIN = "join"
    LANGUAGE = "language"


class Reach(Enum):
    """職責範圍: how far a permission goes."""

    ANYWHERE = auto()
    OWN_UNIT = auto()  # the units in which one holds a post
    LED_UNITS = auto()  # the units one is the leader in charge of


@dataclass(frozen=True)
class Standing:
    """In what capacities somebody acts today, in which units, and which units they lead."""

    roles: frozenset[Role] = frozenset({Role.VILLAGER})
    units: frozenset[UUID] = frozenset()
    led: frozenset[UUID] = frozenset()

    def covers(self, reach: Reach, unit: UUID) -> bool:
        """Say whether a permission that goes so far covers a unit."""
        match reach:
            case Reach.ANYWHERE:
                return True
            case Reach.OWN_UNIT:
                return unit in self.units
            case Reach.LED_UNITS:
                return unit in self.led


Permission = Mapping[Role, Reach]


def anywhere(*roles: Role) -> Permission:
    """Permit roles something, whichever unit it is about."""
    return MappingProxyType(dict.fromkeys(roles, Reach.ANYWHERE))


EVERYBODY = anywhere(*Role)
COMMISSION = anywhere(Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY)
CLERK = anywhere(Role.OFFICE_CLERK)
OFFICERS = MappingProxyType({**COMMISSION, **CLERK})

MAY: Mapping[Action, Permission] = MappingProxyType(
    {
        Action.LODGE: EVERYBODY,
        Action.ASK_AFTER: EVERYBODY,
        Action.QUESTIONNAIRE: EVERYBODY,
        Action.SELF_CHECK: {Role.CADRE: Reach.OWN_UNIT},
        Action.CASES: COMMISSION,
        Action.ANSWER_CASE: COMMISSION,
        Action.BROADCAST: COMMISSION,
        Action.UNREACHED: COMMISSION,
        Action.ACKNOWLEDGE: EVERYBODY,
        Action.CALL_SELF_CHECK: COMMISSION,
        Action.WHO_IS_LATE: {**COMMISSION, **anywhere(Role.LEADER, Role.PARTY_COMMITTEE)},
        Action.INVITE: CLERK,
        Action.QUESTIONNAIRES: OFFICERS,
        Action.ADD_QUESTIONNAIRE: OFFICERS,
        Action.PREVIEW_QUESTIONNAIRE: OFFICERS,
        Action.PUBLISH_QUESTIONNAIRE: OFFICERS,
        Action.DISCARD_QUESTIONNAIRE: OFFICERS,
        Action.WITHDRAW_QUESTIONNAIRE: OFFICERS,
        Action.EXPORT_ANSWERS: OFFICERS,
        Action.JOIN: EVERYBODY,
        Action.LANGUAGE: EVERYBODY,
    }
)

ON_A_BUTTON = frozenset(  # begun from a message's own button, not from the menu
    {
        Action.ANSWER_CASE,
        Action.UNREACHED,
        Action.ACKNOWLEDGE,
        Action.JOIN,
        Action.PREVIEW_QUESTIONNAIRE,
        Action.PUBLISH_QUESTIONNAIRE,
        Action.DISCARD_QUESTIONNAIRE,
        Action.WITHDRAW_QUESTIONNAIRE,
        Action.EXPORT_ANSWERS,
    }
)
MENU = tuple(action for action in Action if action not in ON_A_BUTTON)


class Section(Word):
    """欄目: a page of the menu, for what is not needed every day."""

    RISKS = "risks"
    GRADES = "grades"
    CATALOGUES = "catalogues"
    RECORDS = "records"


SECTIONS: Mapping[Action, Section] = MappingProxyType(
    {
        Action.QUESTIONNAIRES: Section.RECORDS,
        Action.ADD_QUESTIONNAIRE: Section.RECORDS,
    }
)  # every other stands on the first page


def may(roles: Iterable[Role], action: Action) -> bool:
    """Say whether somebody with these roles may do this, in whichever unit."""
    return not MAY[action].keys().isdisjoint(roles)


def reaches(standing: Standing, action: Action, unit: UUID) -> bool:
    """Say whether somebody may do this about a unit."""
    permission = MAY[action]
    return any(
        standing.covers(permission[role], unit) for role in standing.roles if role in permission
    )


def menu(roles: Iterable[Role]) -> tuple[Action, ...]:
    """List what somebody's menu offers, in the order it is shown."""
    held = frozenset(roles)
    own = tuple(action for action in MENU if may(held, action))
    return own if held - {Role.VILLAGER} else (*own, Action.JOIN)
