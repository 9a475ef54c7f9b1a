"""The conversations, one a file, and the action that begins each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dialogs import facts
from dialogs.engine import Dialogue
from dialogs.events import Event
from dialogs.flows.archive import open_archive, show_evidence, stand_aside
from dialogs.flows.at_once import (
    acknowledge,
    show_contact,
    show_progress,
    show_unreached,
    sweep_chat,
)
from dialogs.flows.audit_log import read_log, take_log, verify_log
from dialogs.flows.backtest import try_number
from dialogs.flows.broadcast import (
    list_recipients,
    order_broadcast,
    show_broadcasts,
    steer_broadcast,
)
from dialogs.flows.calendar import keep_calendar
from dialogs.flows.carried_keys import bring_keys, set_recovery, take_keys
from dialogs.flows.case_work import handle_case, open_case
from dialogs.flows.catalogue_reading import (
    approve_entries,
    decide_entry,
    give_catalogues,
    look_up,
    open_entry,
    read_catalogue,
    review_entries,
    show_missing,
    take_catalogues,
)
from dialogs.flows.catalogue_writing import write_power
from dialogs.flows.complaint import lodge_complaint
from dialogs.flows.filling_in import fill_in
from dialogs.flows.finding import assign_checks, check_for_another, point_out, suggest_risk
from dialogs.flows.invitation import invite
from dialogs.flows.joining import join
from dialogs.flows.language import choose_language
from dialogs.flows.matter import accept_matter, handle_matter, open_matter, show_matters
from dialogs.flows.matter_progress import ask_after_matter
from dialogs.flows.measure import evidence, plan_measures, report_measure, verify_measure
from dialogs.flows.monitoring import record_lapse, show_monitoring
from dialogs.flows.notice import (
    answer_objection,
    close_notice,
    object_to_grade,
    publish_notice,
    show_notices,
    vote,
)
from dialogs.flows.organisation import show_organisation
from dialogs.flows.papers import ask_for_form, ask_for_ledger
from dialogs.flows.postings import change_posting
from dialogs.flows.privacy import show_privacy
from dialogs.flows.process_writing import write_process
from dialogs.flows.publishing import (
    discard_questionnaire,
    export_answers,
    look_at_questionnaires,
    publish_questionnaire,
    send_questionnaire,
    withdraw_questionnaire,
)
from dialogs.flows.questionnaire import answer_questionnaire, preview_questionnaire
from dialogs.flows.receipt import ask_after, follow_case
from dialogs.flows.review import review_declaration, review_unit
from dialogs.flows.revise import revise
from dialogs.flows.roster import confirm_roster, export_roster, import_roster
from dialogs.flows.round import mobilise, open_round, show_stages
from dialogs.flows.rule_writing import write_rule
from dialogs.flows.self_check import self_check
from dialogs.flows.self_check_call import call_self_check
from dialogs.flows.snooze import choose_hour, snooze
from dialogs.flows.vault_key import set_key, share_cases
from dialogs.flows.warning import (
    draft_warning,
    handle_warning,
    open_warning,
    show_own_warnings,
    show_warning_files,
    show_warnings,
    take_ledger,
)
from dialogs.flows.warning_answer import answer_warning, ask_for_time, sign_warning, take_paper
from dialogs.flows.work import show_day, show_work
from dialogs.rules.access import Action
from dialogs.speech import Reply
from dialogs.xlsform.exporting import AnswersExported
from dialogs.xlsform.play import FormAnswered


def nothing(told: object) -> Sequence[Reply]:
    """Enclose nothing."""
    return ()


@dataclass(frozen=True)
class Flow:
    """A conversation: how it begins, what it is told, and whether its draft is short-lived.

    `told` is what is kept with the draft; storage.briefing.recall turns it into what `begin` takes.
    One that is `swept` is deleted from the chat, both sides of it, once it is over. `encloses` is
    what is handed over of it before the first question.
    """

    begin: Callable[[Any], Dialogue[Event | FormAnswered | AnswersExported | None]]
    told: type
    confidential: bool = False
    swept: bool = False
    encloses: Callable[[Any], Sequence[Reply]] = nothing


FLOWS: Mapping[Action, Flow] = MappingProxyType(
    {
        Action.LODGE: Flow(lodge_complaint, facts.Intake, confidential=True, swept=True),
        Action.ASK_AFTER: Flow(ask_after, facts.Nothing, confidential=True, swept=True),
        Action.QUESTIONNAIRE: Flow(answer_questionnaire, facts.FormToAnswer, confidential=True),
        Action.SELF_CHECK: Flow(self_check, facts.PostToCheck),
        Action.CASES: Flow(open_case, facts.CasesAtHand, confidential=True, swept=True),
        Action.ANSWER_CASE: Flow(handle_case, facts.CaseAtHand, confidential=True, swept=True),
        Action.CASE_CONTACT: Flow(show_contact, facts.About, confidential=True, swept=True),
        Action.BROADCAST: Flow(order_broadcast, facts.Audience),
        Action.BROADCASTS: Flow(show_broadcasts, facts.BroadcastNamed),
        Action.STEER_BROADCAST: Flow(steer_broadcast, facts.BroadcastStep),
        Action.RECIPIENTS: Flow(list_recipients, facts.About),
        Action.UNREACHED: Flow(show_unreached, facts.About),
        Action.ACKNOWLEDGE: Flow(acknowledge, facts.About),
        Action.WHO_IS_LATE: Flow(show_progress, facts.Nothing),
        Action.CALL_SELF_CHECK: Flow(call_self_check, facts.Holders),
        Action.WORK: Flow(show_work, facts.Nothing),
        Action.DAY: Flow(show_day, facts.Nothing),
        Action.SUGGEST: Flow(suggest_risk, facts.PostsNamed, confidential=True),
        Action.NOTICES: Flow(show_notices, facts.Nothing),
        Action.POINT_OUT: Flow(point_out, facts.PostsToPointAt),
        Action.ASSIGN_CHECKS: Flow(assign_checks, facts.MutualChecksToAssign),
        Action.FILL_IN: Flow(fill_in, facts.SelfCheckToFillIn),
        Action.MOBILISE: Flow(mobilise, facts.UnitToMobilise),
        Action.OPEN_ROUND: Flow(open_round, facts.RoundToOpen),
        Action.STAGES: Flow(show_stages, facts.UnitPicked),
        Action.PUBLISH: Flow(publish_notice, facts.ToPublish),
        Action.ARCHIVE: Flow(open_archive, facts.PostsNamed),
        Action.REVISE: Flow(revise, facts.ReturnedDeclaration),
        Action.CHECK_FOR_ANOTHER: Flow(check_for_another, facts.PostToCheckForAnother),
        Action.PLAN_MEASURES: Flow(plan_measures, facts.MeasuresToPlan),
        Action.REPORT_MEASURE: Flow(report_measure, facts.MeasureAtHand),
        Action.VERIFY_MEASURE: Flow(verify_measure, facts.MeasureAtHand, encloses=evidence),
        Action.REVIEW: Flow(review_declaration, facts.DeclarationToReview),
        Action.REVIEW_UNIT: Flow(review_unit, facts.UnitToReview),
        Action.RAISE: Flow(review_declaration, facts.DeclarationToReview),
        Action.CLOSE_NOTICE: Flow(close_notice, facts.About),
        Action.OBJECT: Flow(object_to_grade, facts.NoticeTold, confidential=True),
        Action.VOTE: Flow(vote, facts.NoticeTold, confidential=True),
        Action.ANSWER_OBJECTION: Flow(answer_objection, facts.ObjectionAtHand, confidential=True),
        Action.EVIDENCE: Flow(show_evidence, facts.About),
        Action.RECUSE: Flow(stand_aside, facts.DeclarationNamed),
        Action.INVITE: Flow(invite, facts.NotJoined),
        Action.LOOK_UP: Flow(look_up, facts.Township),
        Action.READ_CATALOGUE: Flow(read_catalogue, facts.Township),
        Action.WRITE_POWER: Flow(write_power, facts.UnitCatalogue),
        Action.WRITE_PROCESS: Flow(write_process, facts.UnitCatalogue),
        Action.WRITE_RULE: Flow(write_rule, facts.UnitCatalogue),
        Action.REVIEW_ENTRIES: Flow(review_entries, facts.Nothing),
        Action.MISSING_ENTRIES: Flow(show_missing, facts.UnitPicked),
        Action.TAKE_CATALOGUE: Flow(take_catalogues, facts.CodesKnown),
        Action.GIVE_CATALOGUE: Flow(give_catalogues, facts.Nothing),
        Action.OPEN_ENTRY: Flow(open_entry, facts.EntryShown),
        Action.DECIDE_ENTRY: Flow(decide_entry, facts.EntryAtHand),
        Action.JOIN: Flow(join, facts.Invited),
        Action.ORGANISATION: Flow(show_organisation, facts.UnitsToSee),
        Action.POSTINGS: Flow(change_posting, facts.Staff),
        Action.IMPORT_ROSTER: Flow(import_roster, facts.Nothing),
        Action.CONFIRM_ROSTER: Flow(confirm_roster, facts.About),
        Action.EXPORT_ROSTER: Flow(export_roster, facts.Nothing),
        Action.LANGUAGE: Flow(choose_language, facts.Interrupted),
        Action.QUESTIONNAIRES: Flow(look_at_questionnaires, facts.VersionNamed),
        Action.ADD_QUESTIONNAIRE: Flow(send_questionnaire, facts.Nothing),
        Action.PREVIEW_QUESTIONNAIRE: Flow(
            preview_questionnaire, facts.FormToAnswer, confidential=True
        ),
        Action.PUBLISH_QUESTIONNAIRE: Flow(publish_questionnaire, facts.FormToPublish),
        Action.DISCARD_QUESTIONNAIRE: Flow(discard_questionnaire, facts.QuestionnaireListed),
        Action.WITHDRAW_QUESTIONNAIRE: Flow(withdraw_questionnaire, facts.QuestionnaireListed),
        Action.EXPORT_ANSWERS: Flow(export_answers, facts.FormNamed),
        Action.FORMS: Flow(ask_for_form, facts.FormsInReach),
        Action.LEDGER: Flow(ask_for_ledger, facts.LedgersInReach),
        Action.LODGE_FOR_ANOTHER: Flow(
            lodge_complaint, facts.Intake, confidential=True, swept=True
        ),
        Action.FOLLOW_CASE: Flow(follow_case, facts.CaseFollowed, confidential=True, swept=True),
        Action.SET_KEY: Flow(set_key, facts.KeyAtHand, confidential=True, swept=True),
        Action.SWEEP: Flow(sweep_chat, facts.Nothing, swept=True),
        Action.SHARE_CASES: Flow(share_cases, facts.CasesToShare),
        Action.APPROVE_ENTRIES: Flow(approve_entries, facts.EntriesWaiting),
        Action.ASK_MATTER: Flow(ask_after_matter, facts.Nothing, confidential=True),
        Action.ACCEPT_MATTER: Flow(accept_matter, facts.MatterToAccept, confidential=True),
        Action.MATTERS: Flow(show_matters, facts.Nothing),
        Action.OPEN_MATTER: Flow(open_matter, facts.About),
        Action.HANDLE_MATTER: Flow(handle_matter, facts.MatterAtHand, confidential=True),
        Action.RECORD_LAPSE: Flow(record_lapse, facts.LapseToRecord),
        Action.MONITORING: Flow(show_monitoring, facts.MonthPicked),
        Action.AUDIT_LOG: Flow(read_log, facts.LogToRead),
        Action.EXPORT_LOG: Flow(take_log, facts.LogSlice),
        Action.VERIFY_LOG: Flow(verify_log, facts.Nothing),
        Action.PRIVACY: Flow(show_privacy, facts.TopicNamed),
        Action.SET_RECOVERY: Flow(
            set_recovery, facts.RecoveryAtHand, confidential=True, swept=True
        ),
        Action.TAKE_KEYS: Flow(take_keys, facts.Nothing),
        Action.BRING_KEYS: Flow(bring_keys, facts.Nothing),
        Action.CALENDAR: Flow(keep_calendar, facts.CalendarAtHand),
        Action.SNOOZE: Flow(snooze, facts.SnoozesAtHand),
        Action.REMINDER_HOUR: Flow(choose_hour, facts.HourAtHand),
        Action.DRAFT_WARNING: Flow(
            draft_warning, facts.WarningToDraft, confidential=True, swept=True
        ),
        Action.WARNINGS: Flow(show_warnings, facts.Nothing),
        Action.OWN_WARNINGS: Flow(show_own_warnings, facts.Nothing),
        Action.WARNING_LEDGER: Flow(take_ledger, facts.Nothing),
        Action.OPEN_WARNING: Flow(open_warning, facts.About),
        Action.WARNING_EVIDENCE: Flow(show_warning_files, facts.About),
        Action.HANDLE_WARNING: Flow(
            handle_warning, facts.WarningAtHand, confidential=True, swept=True
        ),
        Action.SIGN_WARNING: Flow(sign_warning, facts.About),
        Action.ANSWER_WARNING: Flow(answer_warning, facts.WarningToAnswer),
        Action.ASK_FOR_TIME: Flow(ask_for_time, facts.WarningToAnswer),
        Action.WARNING_PAPER: Flow(take_paper, facts.WarningPapers),
        Action.BACKTEST: Flow(try_number, facts.NumbersToTry),
    }
)
