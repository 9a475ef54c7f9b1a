"""The words of the trade: every closed set, under the names docs/glossary.md gives them."""

from enum import IntEnum, StrEnum


class Word(StrEnum):
    """A member of a closed set; stored as its lower-case name, said through dialogs.messages."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name.lower()


class Scale(IntEnum):
    """A three-step scale on which 1 is the gravest, as the township's plan numbers it."""


class Grade(Scale):
    """風險等級: the standing grade of a post or risk point (not the level of a warning)."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


class Likelihood(Scale):
    """發生可能性: how likely a lapse is."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


class Severity(Scale):
    """危害程度: what harm a lapse would do."""

    CRIME = 1
    DISCIPLINE = 2
    HARM = 3


class Role(Word):
    """角色: in what capacity a person acts; everybody is at least a villager."""

    VILLAGER = "villager"
    CADRE = "cadre"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    COMMISSION_MEMBER = "commission_member"
    COMMISSION_SECRETARY = "commission_secretary"
    PARTY_COMMITTEE = "party_committee"
    OFFICE_CLERK = "office_clerk"
    AUDITOR = "auditor"


class UnitKind(Word):
    """單位類別: an office of the town or a village."""

    OFFICE = "office"
    VILLAGE = "village"


class Aspect(Word):
    """風險類別: the five aspects of a town post, then the three domains of a village post."""

    DUTY = "duty"
    PROCESS = "process"
    SYSTEM = "system"
    EFFICIENCY = "efficiency"
    SURROUNDINGS = "surroundings"
    HOUSING_LAND = "housing_land"
    SPECIAL_FUNDS = "special_funds"
    COLLECTIVE_ASSETS = "collective_assets"


TOWN_ASPECTS = (
    Aspect.DUTY,
    Aspect.PROCESS,
    Aspect.SYSTEM,
    Aspect.EFFICIENCY,
    Aspect.SURROUNDINGS,
)
VILLAGE_ASPECTS = (Aspect.HOUSING_LAND, Aspect.SPECIAL_FUNDS, Aspect.COLLECTIVE_ASSETS)


def aspects_of(kind: UnitKind) -> tuple[Aspect, ...]:
    """List the aspects a post must answer: five in a town office, three in a village."""
    match kind:
        case UnitKind.OFFICE:
            return TOWN_ASPECTS
        case UnitKind.VILLAGE:
            return VILLAGE_ASPECTS


class FindingMethod(Word):
    """查找方法: how a risk point came to be known."""

    SELF = "self"
    PUBLIC = "public"
    MUTUAL = "mutual"
    LEADER = "leader"
    ORGANISATION = "organisation"


class CaseKind(Word):
    """來信類別: what a villager brings."""

    SUGGESTION = "suggestion"
    SERVICE = "service"
    REPORT = "report"
    QUESTION = "question"


class Accused(Word):
    """被反映對象: whom a matter is about, asked before what happened."""

    VILLAGE_CADRE = "village_cadre"
    TOWN_STAFF = "town_staff"
    TOWN_LEADER = "town_leader"
    COMMISSION = "commission"
    NOBODY = "nobody"


class CaseState(Word):
    """案件狀態: where a case stands."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONCLUDED = "concluded"


CLOSED = (CaseState.DECLINED, CaseState.CONCLUDED)  # a case in one of these is not open


class DeadlineKind(Word):
    """期限類別: what must be done by a day."""

    SELF_CHECK = "self_check"


class ReminderStage(Word):
    """提醒階段: when, seen from the day it is due, a person is reminded."""

    CALLED = "called"
    BEFORE = "before"
    ON_DAY = "on_day"
    LATE = "late"
    VERY_LATE = "very_late"


class BroadcastState(Word):
    """通知狀態: how far a broadcast has come."""

    RUNNING = "running"
    FINISHED = "finished"


class DeliveryState(Word):
    """送達狀態: what became of one copy of a broadcast."""

    WAITING = "waiting"
    SENT = "sent"
    READ = "read"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    NOT_JOINED = "not_joined"


class Language(StrEnum):
    """語言: a language Qingfeng speaks, by its BCP 47 tag."""

    ZH_HANT = "zh-Hant"
    EN = "en"


class QuestionnaireState(Word):
    """問卷狀態: where a version of a questionnaire stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
