"""Who may do what: the one table behind the menu and behind every refusal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from uuid import UUID

from dialogs.vocabulary import Role, Verdict, Word


class Action(Word):
    """事項: what a person can set out to do."""

    DAY = "day"
    WORK = "work"
    LODGE = "lodge"
    ASK_AFTER = "ask_after"
    QUESTIONNAIRE = "questionnaire"
    SELF_CHECK = "self_check"
    CASES = "cases"
    ANSWER_CASE = "answer_case"
    CASE_CONTACT = "case_contact"
    BROADCAST = "broadcast"
    BROADCASTS = "broadcasts"
    STEER_BROADCAST = "steer_broadcast"
    RECIPIENTS = "recipients"
    UNREACHED = "unreached"
    ACKNOWLEDGE = "acknowledge"
    CALL_SELF_CHECK = "call_self_check"
    WHO_IS_LATE = "who_is_late"
    SUGGEST = "suggest"
    NOTICES = "notices"
    POINT_OUT = "point_out"
    ASSIGN_CHECKS = "assign_checks"
    FILL_IN = "fill_in"
    MOBILISE = "mobilise"
    OPEN_ROUND = "open_round"
    STAGES = "stages"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    REVISE = "revise"
    CHECK_FOR_ANOTHER = "check_for_another"
    PLAN_MEASURES = "plan_measures"
    REPORT_MEASURE = "report_measure"
    VERIFY_MEASURE = "verify_measure"
    REVIEW = "review"
    REVIEW_UNIT = "review_unit"
    RAISE = "raise"
    CLOSE_NOTICE = "close_notice"
    OBJECT = "object"
    VOTE = "vote"
    ANSWER_OBJECTION = "answer_objection"
    EVIDENCE = "evidence"
    RECUSE = "recuse"
    INVITE = "invite"
    LOOK_UP = "look_up"
    READ_CATALOGUE = "read_catalogue"
    WRITE_POWER = "write_power"
    WRITE_PROCESS = "write_process"
    WRITE_RULE = "write_rule"
    REVIEW_ENTRIES = "review_entries"
    MISSING_ENTRIES = "missing_entries"
    TAKE_CATALOGUE = "take_catalogue"
    GIVE_CATALOGUE = "give_catalogue"
    OPEN_ENTRY = "open_entry"
    DECIDE_ENTRY = "decide_entry"
    ORGANISATION = "organisation"
    POSTINGS = "postings"
    IMPORT_ROSTER = "import_roster"
    CONFIRM_ROSTER = "confirm_roster"
    EXPORT_ROSTER = "export_roster"
    QUESTIONNAIRES = "questionnaires"
    ADD_QUESTIONNAIRE = "add_questionnaire"
    PREVIEW_QUESTIONNAIRE = "preview_questionnaire"
    PUBLISH_QUESTIONNAIRE = "publish_questionnaire"
    DISCARD_QUESTIONNAIRE = "discard_questionnaire"
    WITHDRAW_QUESTIONNAIRE = "withdraw_questionnaire"
    EXPORT_ANSWERS = "export_answers"
    FORMS = "forms"
    LEDGER = "ledger"
    LODGE_FOR_ANOTHER = "lodge_for_another"
    FOLLOW_CASE = "follow_case"
    SET_KEY = "set_key"
    SHARE_CASES = "share_cases"
    SWEEP = "sweep"
    APPROVE_ENTRIES = "approve_entries"
    ASK_MATTER = "ask_matter"
    ACCEPT_MATTER = "accept_matter"
    MATTERS = "matters"
    OPEN_MATTER = "open_matter"
    HANDLE_MATTER = "handle_matter"
    RECORD_LAPSE = "record_lapse"
    MONITORING = "monitoring"
    AUDIT_LOG = "audit_log"
    EXPORT_LOG = "export_log"
    VERIFY_LOG = "verify_log"
    SET_RECOVERY = "set_recovery"
    TAKE_KEYS = "take_keys"
    BRING_KEYS = "bring_keys"
    CALENDAR = "calendar"
    SNOOZE = "snooze"
    REMINDER_HOUR = "reminder_hour"
    DRAFT_WARNING = "draft_warning"
    WARNINGS = "warnings"
    OWN_WARNINGS = "own_warnings"
    WARNING_LEDGER = "warning_ledger"
    OPEN_WARNING = "open_warning"
    WARNING_EVIDENCE = "warning_evidence"
    HANDLE_WARNING = "handle_warning"
    SIGN_WARNING = "sign_warning"
    ANSWER_WARNING = "answer_warning"
    ASK_FOR_TIME = "ask_for_time"
    WARNING_PAPER = "warning_paper"
    BACKTEST = "backtest"
    JOIN = "join"
    PRIVACY = "privacy"
    LANGUAGE = "language"


class Reach(Enum):
    """職責範圍: how far a permission goes."""

    ANYWHERE = auto()
    OWN_UNIT = auto()  # the units in which one holds a post
    LED_UNITS = auto()  # the units one is the leader in charge of


@dataclass(frozen=True)
class Standing:
    """In what capacities somebody acts today, on which posts and units, and leading which."""

    roles: frozenset[Role] = frozenset({Role.VILLAGER})
    units: frozenset[UUID] = frozenset()
    posts: frozenset[UUID] = frozenset()
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
COMMITTEE = anywhere(Role.PARTY_COMMITTEE)
CLERK = anywhere(Role.OFFICE_CLERK)
AUDITOR = anywhere(Role.AUDITOR)  # reads the log, and nothing else
WORKLESS = (Role.VILLAGER, Role.AUDITOR)  # for whom nothing ever waits
WORKERS = anywhere(*(role for role in Role if role not in WORKLESS))
OFFICERS: Permission = MappingProxyType({**COMMISSION, **CLERK})
CADRE = anywhere(Role.CADRE)
HOLDER: Permission = MappingProxyType({Role.CADRE: Reach.OWN_UNIT})
HEAD: Permission = MappingProxyType({Role.UNIT_HEAD: Reach.OWN_UNIT})
LED: Permission = MappingProxyType({Role.LEADER: Reach.LED_UNITS})
OVERSIGHT: Permission = MappingProxyType(  # who looks after a unit: its head, its leader, the town
    {
        Role.UNIT_HEAD: Reach.OWN_UNIT,
        Role.LEADER: Reach.LED_UNITS,
        **COMMISSION,
        **anywhere(Role.PARTY_COMMITTEE),
    }
)
WRITERS: Permission = MappingProxyType({Role.UNIT_HEAD: Reach.OWN_UNIT, **CLERK})
KEEPERS: Permission = MappingProxyType({**OVERSIGHT, **CLERK})  # who may take papers of a unit
APPROVERS: Permission = MappingProxyType(
    {Role.UNIT_HEAD: Reach.OWN_UNIT, Role.LEADER: Reach.LED_UNITS}
)

MAY: Mapping[Action, Permission] = MappingProxyType(
    {
        Action.LODGE: EVERYBODY,
        Action.ASK_AFTER: EVERYBODY,
        Action.QUESTIONNAIRE: EVERYBODY,
        Action.SELF_CHECK: HOLDER,
        Action.CASES: COMMISSION,
        Action.ANSWER_CASE: COMMISSION,
        Action.CASE_CONTACT: COMMISSION,
        Action.BROADCAST: COMMISSION,
        Action.BROADCASTS: COMMISSION,
        Action.STEER_BROADCAST: COMMISSION,
        Action.RECIPIENTS: COMMISSION,
        Action.UNREACHED: COMMISSION,
        Action.ACKNOWLEDGE: EVERYBODY,
        Action.CALL_SELF_CHECK: COMMISSION,
        Action.WHO_IS_LATE: {**COMMISSION, **anywhere(Role.LEADER, Role.PARTY_COMMITTEE)},
        Action.WORK: WORKERS,
        Action.DAY: COMMISSION,
        Action.SUGGEST: EVERYBODY,
        Action.NOTICES: EVERYBODY,
        Action.POINT_OUT: {**COMMISSION, **LED},
        Action.ASSIGN_CHECKS: HEAD,
        Action.FILL_IN: CLERK,
        Action.MOBILISE: {**HEAD, **LED},
        Action.OPEN_ROUND: COMMISSION,
        Action.STAGES: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.PUBLISH: COMMISSION,
        Action.ARCHIVE: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.REVISE: HOLDER,
        Action.CHECK_FOR_ANOTHER: HOLDER,
        # Whose measure it is, and that its owner has not joined, storage.measures decides.
        Action.PLAN_MEASURES: {**HOLDER, **CLERK},
        Action.REPORT_MEASURE: {**CADRE, **CLERK},
        Action.VERIFY_MEASURE: {**HEAD, **LED},
        Action.REVIEW: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.REVIEW_UNIT: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.RAISE: COMMISSION,
        Action.CLOSE_NOTICE: COMMISSION,
        Action.OBJECT: EVERYBODY,
        Action.VOTE: EVERYBODY,
        Action.ANSWER_OBJECTION: COMMISSION,
        Action.EVIDENCE: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.RECUSE: {**COMMISSION, **COMMITTEE, **HEAD, **LED},
        Action.INVITE: CLERK,
        Action.LOOK_UP: EVERYBODY,
        Action.READ_CATALOGUE: {**OVERSIGHT, **CLERK, Role.CADRE: Reach.OWN_UNIT},
        Action.WRITE_POWER: WRITERS,
        Action.WRITE_PROCESS: WRITERS,
        Action.WRITE_RULE: WRITERS,
        Action.REVIEW_ENTRIES: APPROVERS,
        Action.MISSING_ENTRIES: {**OVERSIGHT, **CLERK},
        Action.TAKE_CATALOGUE: CLERK,
        Action.GIVE_CATALOGUE: CLERK,
        Action.OPEN_ENTRY: EVERYBODY,  # of what is not public, READ_CATALOGUE decides
        Action.DECIDE_ENTRY: APPROVERS,
        Action.ORGANISATION: {**OVERSIGHT, **CLERK, Role.CADRE: Reach.OWN_UNIT},
        Action.POSTINGS: CLERK,
        Action.IMPORT_ROSTER: CLERK,
        Action.CONFIRM_ROSTER: CLERK,
        Action.EXPORT_ROSTER: CLERK,
        Action.QUESTIONNAIRES: OFFICERS,
        Action.ADD_QUESTIONNAIRE: OFFICERS,
        Action.PREVIEW_QUESTIONNAIRE: OFFICERS,
        Action.PUBLISH_QUESTIONNAIRE: OFFICERS,
        Action.DISCARD_QUESTIONNAIRE: OFFICERS,
        Action.WITHDRAW_QUESTIONNAIRE: OFFICERS,
        Action.EXPORT_ANSWERS: OFFICERS,
        Action.FORMS: {**KEEPERS, Role.CADRE: Reach.OWN_UNIT},  # of others, LEDGER decides
        Action.LEDGER: KEEPERS,
        Action.LODGE_FOR_ANOTHER: OFFICERS,
        Action.FOLLOW_CASE: EVERYBODY,  # who holds the receipt
        Action.SET_KEY: COMMISSION,
        Action.SHARE_CASES: COMMISSION,
        Action.SWEEP: EVERYBODY,
        Action.APPROVE_ENTRIES: APPROVERS,
        Action.ASK_MATTER: EVERYBODY,
        Action.ACCEPT_MATTER: {**HOLDER, **CLERK},
        Action.MATTERS: {**HOLDER, **HEAD, **LED, **COMMISSION, Role.OFFICE_CLERK: Reach.OWN_UNIT},
        # Of a matter of another unit, the post in charge of a step of it decides.
        Action.OPEN_MATTER: {**HOLDER, **HEAD, **LED, **COMMISSION, **CLERK},
        Action.HANDLE_MATTER: {**HOLDER, **CLERK},  # rules.matters decides which step is whose
        Action.RECORD_LAPSE: {**COMMISSION, **LED},
        Action.MONITORING: OVERSIGHT,
        Action.AUDIT_LOG: AUDITOR,
        Action.EXPORT_LOG: AUDITOR,
        Action.VERIFY_LOG: AUDITOR,
        Action.SET_RECOVERY: anywhere(Role.COMMISSION_SECRETARY),
        Action.TAKE_KEYS: COMMISSION,
        Action.BRING_KEYS: COMMISSION,
        Action.CALENDAR: CLERK,
        Action.SNOOZE: WORKERS,
        Action.REMINDER_HOUR: WORKERS,
        Action.DRAFT_WARNING: COMMISSION,
        Action.WARNINGS: COMMISSION,
        Action.OWN_WARNINGS: CADRE,
        Action.WARNING_LEDGER: COMMISSION,
        # Whose warning it is, and who stands aside, rules.warning decides.
        Action.OPEN_WARNING: {**COMMISSION, **CADRE},
        Action.WARNING_EVIDENCE: {**COMMISSION, **CADRE},
        Action.HANDLE_WARNING: COMMISSION,
        Action.SIGN_WARNING: {**COMMISSION, **CADRE},
        Action.ANSWER_WARNING: {**COMMISSION, **CADRE},
        Action.ASK_FOR_TIME: {**COMMISSION, **CADRE},
        Action.WARNING_PAPER: {**COMMISSION, **CADRE},
        Action.BACKTEST: COMMISSION,
        Action.JOIN: EVERYBODY,
        Action.PRIVACY: EVERYBODY,
        Action.LANGUAGE: EVERYBODY,
    }
)

ON_A_BUTTON = frozenset(  # begun from a message's own button, not from the menu
    {
        Action.ANSWER_CASE,
        Action.CASE_CONTACT,
        Action.STEER_BROADCAST,
        Action.RECIPIENTS,
        Action.UNREACHED,
        Action.ACKNOWLEDGE,
        Action.REVISE,
        Action.CHECK_FOR_ANOTHER,
        Action.PLAN_MEASURES,
        Action.REPORT_MEASURE,
        Action.VERIFY_MEASURE,
        Action.REVIEW,
        Action.REVIEW_UNIT,
        Action.RAISE,
        Action.CLOSE_NOTICE,
        Action.OBJECT,
        Action.VOTE,
        Action.ANSWER_OBJECTION,
        Action.EVIDENCE,
        Action.RECUSE,
        Action.OPEN_ENTRY,
        Action.DECIDE_ENTRY,
        Action.CONFIRM_ROSTER,
        Action.PREVIEW_QUESTIONNAIRE,
        Action.PUBLISH_QUESTIONNAIRE,
        Action.DISCARD_QUESTIONNAIRE,
        Action.WITHDRAW_QUESTIONNAIRE,
        Action.EXPORT_ANSWERS,
        Action.FOLLOW_CASE,
        Action.SHARE_CASES,
        Action.SWEEP,
        Action.APPROVE_ENTRIES,
        Action.OPEN_MATTER,
        Action.HANDLE_MATTER,
        Action.EXPORT_LOG,
        Action.BRING_KEYS,
        Action.SNOOZE,
        Action.OPEN_WARNING,
        Action.WARNING_EVIDENCE,
        Action.HANDLE_WARNING,
        Action.SIGN_WARNING,
        Action.ANSWER_WARNING,
        Action.ASK_FOR_TIME,
        Action.WARNING_PAPER,
        Action.JOIN,
    }
)
MENU = tuple(action for action in Action if action not in ON_A_BUTTON)


class Section(Word):
    """欄目: a page of the menu, for what is not needed every day."""

    RISKS = "risks"
    CASES = "cases"
    CATALOGUES = "catalogues"
    RECORDS = "records"
    MATTERS = "matters"
    WARNINGS = "warnings"
    PUBLISHING = "publishing"


SECTIONS: Mapping[Action, Section] = MappingProxyType(  # every other stands on the first page
    {
        Action.POINT_OUT: Section.RISKS,
        Action.ASSIGN_CHECKS: Section.RISKS,
        Action.FILL_IN: Section.RISKS,
        Action.MOBILISE: Section.RISKS,
        Action.OPEN_ROUND: Section.RISKS,
        Action.STAGES: Section.RISKS,
        Action.CALL_SELF_CHECK: Section.RISKS,
        Action.WHO_IS_LATE: Section.RISKS,
        Action.LODGE_FOR_ANOTHER: Section.CASES,
        Action.SET_KEY: Section.CASES,
        Action.SET_RECOVERY: Section.CASES,
        Action.TAKE_KEYS: Section.CASES,
        Action.ARCHIVE: Section.RECORDS,
        Action.ORGANISATION: Section.RECORDS,
        Action.POSTINGS: Section.RECORDS,
        Action.IMPORT_ROSTER: Section.RECORDS,
        Action.EXPORT_ROSTER: Section.RECORDS,
        Action.CALENDAR: Section.RECORDS,
        Action.QUESTIONNAIRES: Section.RECORDS,
        Action.ADD_QUESTIONNAIRE: Section.RECORDS,
        Action.FORMS: Section.RECORDS,
        Action.LEDGER: Section.RECORDS,
        Action.BACKTEST: Section.WARNINGS,
        Action.READ_CATALOGUE: Section.CATALOGUES,
        Action.WRITE_POWER: Section.CATALOGUES,
        Action.WRITE_PROCESS: Section.CATALOGUES,
        Action.WRITE_RULE: Section.CATALOGUES,
        Action.REVIEW_ENTRIES: Section.CATALOGUES,
        Action.MISSING_ENTRIES: Section.CATALOGUES,
        Action.TAKE_CATALOGUE: Section.CATALOGUES,
        Action.GIVE_CATALOGUE: Section.CATALOGUES,
        Action.ACCEPT_MATTER: Section.MATTERS,
        Action.MATTERS: Section.MATTERS,
        Action.RECORD_LAPSE: Section.MATTERS,
        Action.MONITORING: Section.MATTERS,
        Action.DRAFT_WARNING: Section.WARNINGS,
        Action.WARNINGS: Section.WARNINGS,
        Action.OWN_WARNINGS: Section.WARNINGS,
        Action.WARNING_LEDGER: Section.WARNINGS,
        Action.BROADCAST: Section.PUBLISHING,
        Action.BROADCASTS: Section.PUBLISHING,
        Action.PUBLISH: Section.PUBLISHING,
    }
)


# What is not noted in the audit log: what everybody may do, so that speaking up leaves no trace,
# and what only shows somebody their own.
UNNOTED = frozenset(action for action in Action if MAY[action] is EVERYBODY) | {
    Action.WORK,
    Action.REMINDER_HOUR,
}
READS = frozenset(
    {
        Action.DAY,
        Action.CASES,
        Action.CASE_CONTACT,
        Action.ARCHIVE,
        Action.BROADCASTS,
        Action.WHO_IS_LATE,
        Action.STAGES,
        Action.READ_CATALOGUE,
        Action.REVIEW_ENTRIES,
        Action.MISSING_ENTRIES,
        Action.ORGANISATION,
        Action.QUESTIONNAIRES,
        Action.PREVIEW_QUESTIONNAIRE,
        Action.OPEN_MATTER,
        Action.MATTERS,
        Action.MONITORING,
        Action.AUDIT_LOG,
        Action.VERIFY_LOG,
        Action.WARNINGS,
        Action.OWN_WARNINGS,
        Action.OPEN_WARNING,
        Action.WARNING_EVIDENCE,
        Action.BACKTEST,
    }
)
EXPORTS = frozenset(  # hand out a file of what is on record
    {
        Action.RECIPIENTS,
        Action.UNREACHED,
        Action.FORMS,
        Action.LEDGER,
        Action.EVIDENCE,
        Action.EXPORT_ROSTER,
        Action.GIVE_CATALOGUE,
        Action.EXPORT_ANSWERS,
        Action.EXPORT_LOG,
        Action.TAKE_KEYS,
        Action.WARNING_LEDGER,
        Action.WARNING_PAPER,
    }
)
# What is read before anything is decided, so that whoever only looks and leaves is noted too.
SHOWS_AT_ONCE = frozenset(
    {
        Action.REVIEW,
        Action.REVIEW_UNIT,
        Action.RAISE,
        Action.ANSWER_OBJECTION,
        Action.VERIFY_MEASURE,
    }
)


def verdict_of(action: Action) -> Verdict:
    """Say what the audit log calls it when somebody has done something."""
    if action in EXPORTS:
        return Verdict.EXPORTED
    return Verdict.READ if action in READS else Verdict.DONE


def may(roles: Iterable[Role], action: Action) -> bool:
    """Say whether somebody with these roles may do this, in whichever unit."""
    return not MAY[action].keys().isdisjoint(roles)


def reaches(standing: Standing, action: Action, unit: UUID) -> bool:
    """Say whether somebody may do this about a unit."""
    return permits(MAY[action], standing, unit)


def permits(permission: Permission, standing: Standing, unit: UUID) -> bool:
    """Say whether a permission covers somebody about a unit."""
    return any(
        standing.covers(permission[role], unit) for role in standing.roles if role in permission
    )


def entrances(own: Iterable[Action]) -> Iterator[Section | Action]:
    """List what opens each section; where it has one entry for somebody, that."""
    within = {section: [one for one in own if SECTIONS.get(one) is section] for section in Section}
    for section, entries in within.items():
        if entries:
            yield entries[0] if len(entries) == 1 else section


def menu(roles: Iterable[Role]) -> tuple[Action, ...]:
    """List what somebody's menu offers, in the order it is shown."""
    held = frozenset(roles)
    own = tuple(action for action in MENU if may(held, action))
    return own if held - {Role.VILLAGER} else (*own, Action.JOIN)
