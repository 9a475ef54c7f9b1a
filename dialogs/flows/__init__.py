"""The conversations, one a file, and the action that begins each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dialogs import facts
from dialogs.engine import Dialogue
from dialogs.events import Event
from dialogs.flows.at_once import acknowledge, show_progress, show_unreached
from dialogs.flows.broadcast import order_broadcast
from dialogs.flows.case_work import answer_case, open_case
from dialogs.flows.complaint import lodge_complaint
from dialogs.flows.invitation import invite
from dialogs.flows.joining import join
from dialogs.flows.language import choose_language
from dialogs.flows.organisation import show_organisation
from dialogs.flows.postings import change_posting
from dialogs.flows.questionnaire import answer_questionnaire
from dialogs.flows.receipt import ask_after
from dialogs.flows.roster import confirm_roster, export_roster, import_roster
from dialogs.flows.self_check import self_check
from dialogs.flows.self_check_call import call_self_check
from dialogs.rules.access import Action
from dialogs.xlsform.play import FormAnswered


@dataclass(frozen=True)
class Flow:
    """A conversation: how it begins, what it is told, and whether its draft is short-lived."""

    begin: Callable[[Any], Dialogue[Event | FormAnswered | None]]
    told: type
    confidential: bool = False


FLOWS: Mapping[Action, Flow] = MappingProxyType(
    {
        Action.LODGE: Flow(lodge_complaint, facts.Township, confidential=True),
        Action.ASK_AFTER: Flow(ask_after, facts.Nothing, confidential=True),
        Action.QUESTIONNAIRE: Flow(answer_questionnaire, facts.FormToAnswer, confidential=True),
        Action.SELF_CHECK: Flow(self_check, facts.PostToCheck),
        Action.CASES: Flow(open_case, facts.CasesAtHand, confidential=True),
        Action.ANSWER_CASE: Flow(answer_case, facts.CaseAtHand, confidential=True),
        Action.BROADCAST: Flow(order_broadcast, facts.Audience),
        Action.UNREACHED: Flow(show_unreached, facts.About),
        Action.ACKNOWLEDGE: Flow(acknowledge, facts.About),
        Action.WHO_IS_LATE: Flow(show_progress, facts.Nothing),
        Action.CALL_SELF_CHECK: Flow(call_self_check, facts.Holders),
        Action.INVITE: Flow(invite, facts.NotJoined),
        Action.JOIN: Flow(join, facts.Invited),
        Action.ORGANISATION: Flow(show_organisation, facts.UnitsToSee),
        Action.POSTINGS: Flow(change_posting, facts.Staff),
        Action.IMPORT_ROSTER: Flow(import_roster, facts.Nothing),
        Action.CONFIRM_ROSTER: Flow(confirm_roster, facts.About),
        Action.EXPORT_ROSTER: Flow(export_roster, facts.Nothing),
        Action.LANGUAGE: Flow(choose_language, facts.Nothing),
    }
)
