"""Who may do what: the one table behind the menu and behind every refusal."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

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
    JOIN = "join"
    LANGUAGE = "language"


EVERYBODY = frozenset(Role)
COMMISSION = frozenset({Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY})

MAY: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.LODGE: EVERYBODY,
        Action.ASK_AFTER: EVERYBODY,
        Action.QUESTIONNAIRE: EVERYBODY,
        Action.SELF_CHECK: frozenset({Role.CADRE}),
        Action.CASES: COMMISSION,
        Action.ANSWER_CASE: COMMISSION,
        Action.BROADCAST: COMMISSION,
        Action.UNREACHED: COMMISSION,
        Action.ACKNOWLEDGE: EVERYBODY,
        Action.CALL_SELF_CHECK: COMMISSION,
        Action.WHO_IS_LATE: COMMISSION | {Role.LEADER, Role.PARTY_COMMITTEE},
        Action.INVITE: frozenset({Role.OFFICE_CLERK}),
        Action.JOIN: EVERYBODY,
        Action.LANGUAGE: EVERYBODY,
    }
)

ON_A_BUTTON = frozenset(  # begun from a message's own button, not from the menu
    {Action.ANSWER_CASE, Action.UNREACHED, Action.ACKNOWLEDGE, Action.JOIN}
)
MENU = tuple(action for action in Action if action not in ON_A_BUTTON)


def may(roles: Iterable[Role], action: Action) -> bool:
    """Say whether somebody with these roles may do this."""
    return not MAY[action].isdisjoint(roles)


def menu(roles: Iterable[Role]) -> tuple[Action, ...]:
    """List what somebody's menu offers, in the order it is shown."""
    held = frozenset(roles)
    own = tuple(action for action in MENU if may(held, action))
    return own if held - {Role.VILLAGER} else (*own, Action.JOIN)
