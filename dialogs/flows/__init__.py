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
from dialogs.flows.publishing import (
    discard_questionnaire,
    export_answers,
    look_at_questionnaires,
    publish_questionnaire,
    send_questionnaire,
    withdraw_questionnaire,
)
from dialogs.flows.questionnaire import answer_questionnaire, preview_questionnaire
from dialogs.flows.receipt import ask_after
from dialogs.flows.self_check import self_check
from dialogs.flows.self_check_call import call_self_check
from dialogs.rules.access import Action
from dialogs.xlsform.exporting import AnswersExported
from dialogs.xlsform.play import FormAnswered


@dataclass(frozen=True)
class Flow:
    """A conversation: how it begins, what it is told, and whether its draft is short-lived.

    `told` is what is kept with the draft; storage.briefing.recall turns it into what `begin` takes.
    """

    begin: Callable[[Any], Dialogue[Event | FormAnswered | AnswersExported | None]]
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
        Action.LANGUAGE: Flow(choose_language, facts.Nothing),
        Action.QUESTIONNAIRES: Flow(look_at_questionnaires, facts.VersionNamed),
        Action.ADD_QUESTIONNAIRE: Flow(send_questionnaire, facts.Nothing),
        Action.PREVIEW_QUESTIONNAIRE: Flow(
            preview_questionnaire, facts.FormToAnswer, confidential=True
        ),
        Action.PUBLISH_QUESTIONNAIRE: Flow(publish_questionnaire, facts.FormToPublish),
        Action.DISCARD_QUESTIONNAIRE: Flow(discard_questionnaire, facts.QuestionnaireListed),
        Action.WITHDRAW_QUESTIONNAIRE: Flow(withdraw_questionnaire, facts.QuestionnaireListed),
        Action.EXPORT_ANSWERS: Flow(export_answers, facts.FormNamed),
    }
)
