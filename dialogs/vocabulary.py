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


class Channel(Word):
    """專門渠道: the special channel through which an organisation learns of a risk point."""

    COMPLAINTS = "complaints"
    AUDIT = "audit"
    INSPECTION = "inspection"
    SURVEY = "survey"
    TALK = "talk"


class FindingState(Word):
    """線索狀態: what became of a risk point somebody else found on a post."""

    OPEN = "open"
    ADOPTED = "adopted"
    MERGED = "merged"
    DECLINED = "declined"


class DeclarationState(Word):
    """申報狀態: how far the risk points of a post have come on their way to the file."""

    RETURNED = "returned"
    DECLARED = "declared"
    ENDORSED = "endorsed"
    DEFINED = "defined"
    PROVISIONAL = "provisional"
    PUBLISHED = "published"
    HEARD = "heard"
    SETTLED = "settled"
    FILED = "filed"
    SUPERSEDED = "superseded"


class Move(Word):
    """審批步驟: a step by which a declaration goes on, or back."""

    DECLARE = "declare"
    ENDORSE = "endorse"
    DEFINE = "define"
    PRESET = "preset"
    PUBLISH = "publish"
    UPHOLD = "uphold"
    CLOSE = "close"
    SETTLE = "settle"
    FILE = "file"
    SEND_BACK = "send_back"
    AMEND = "amend"
    UPHOLD_OWN = "uphold_own"
    RAISE = "raise"
    SUPERSEDE = "supersede"


class NoticeScope(Word):
    """公示範圍: who gets to see a public notice of grades."""

    INSIDE = "inside"
    VILLAGERS = "villagers"
    CHANNEL = "channel"


class ObjectionState(Word):
    """異議狀態: what became of an objection to a grade."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Opinion(Word):
    """評議意見: what somebody thinks of a grade in the democratic review."""

    FITTING = "fitting"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"


class MeasureState(Word):
    """措施狀態: how far a measure has come."""

    UNPLANNED = "unplanned"
    UNDER_WAY = "under_way"
    REPORTED = "reported"
    VERIFIED = "verified"
    REPLACED = "replaced"


class Stage(Word):
    """工作階段: a stage of a round; it opens for a unit when the one before is complete."""

    MOBILISE = "mobilise"
    SEARCH = "search"
    CONTROL = "control"
    SYSTEMS = "systems"


class Shortfall(Word):
    """未完成項: what a unit lacks for a stage to be complete."""

    MOBILISATION = "mobilisation"
    NOT_DECLARED = "not_declared"
    RETURNED = "returned"
    NOT_ENDORSED = "not_endorsed"
    ASPECT = "aspect"
    FINDING = "finding"
    MUTUAL_CHECK = "mutual_check"
    UNPLANNED = "unplanned"
    NOT_FILED = "not_filed"
    CATALOGUE = "catalogue"


class Verdict(Word):
    """審計類別: whether something was done, read, taken away, or refused."""

    DONE = "done"
    READ = "read"
    EXPORTED = "exported"
    REFUSED = "refused"


class CaseKind(Word):
    """來信類別: what a villager brings."""

    SUGGESTION = "suggestion"
    SERVICE = "service"
    REPORT = "report"
    OBJECTION = "objection"
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
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    ASKED = "asked"
    DECLINED = "declined"
    HANDED_ON = "handed_on"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


CLOSED = (  # a case in one of these is not open
    CaseState.DECLINED,
    CaseState.HANDED_ON,
    CaseState.CONCLUDED,
    CaseState.WITHDRAWN,
)


class CaseMove(Word):
    """辦理動作: a step of a case, by a handler or by whoever brought it."""

    LODGE = "lodge"
    RELEASE = "release"
    ACCEPT = "accept"
    DECLINE = "decline"
    HAND_ON = "hand_on"
    ASSIGN = "assign"
    HAND_BACK = "hand_back"
    ASK = "ask"
    INFORM = "inform"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    CONCLUDE = "conclude"
    TELL = "tell"
    SUPPLEMENT = "supplement"
    RATE = "rate"
    REOPEN = "reopen"
    RETALIATION = "retaliation"
    WITHDRAW = "withdraw"


class CaseClock(Word):
    """來信期限: a day by which something is to be done with a case."""

    ACCEPTANCE = "acceptance"
    HAND_BACK = "hand_back"
    HANDLING = "handling"
    EXTENSION = "extension"
    RESULT = "result"


class PaperKind(Word):
    """材料類別: what a paper of a case is."""

    PERSON = "person"
    ACCOUNT = "account"
    CONTACT = "contact"
    ANSWER = "answer"
    SUPPLEMENT = "supplement"
    RETALIATION = "retaliation"
    NOTE = "note"
    MANIFEST = "manifest"
    ORIGINAL = "original"
    COPY = "copy"
    CAME_BY = "came_by"
    TOLD_BY = "told_by"


class CameBy(Word):
    """來人方式: how somebody came for whom a clerk writes a matter down."""

    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"


class ToldBy(Word):
    """告知方式: how the writer of a report under a name was told what it came to."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"


class Satisfaction(Word):
    """滿意度: how content whoever brought a case is with how it ended."""

    CONTENT = "content"
    PARTLY = "partly"
    NOT = "not"


class Verified(Word):
    """核實結論: what a complaint about service was found to be when it was concluded."""

    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"


class Viewing(Word):
    """閱卷方式: where a handler reads cases."""

    OFFLINE = "offline"
    IN_CHAT = "in_chat"


class Addition(Word):
    """附加: what may be added to a matter, beside files, before it is sent."""

    CONTACT = "contact"
    RECUSAL = "recusal"


class DeadlineKind(Word):
    """期限類別: what must be done by a day."""

    SELF_CHECK = "self_check"
    MUTUAL_CHECK = "mutual_check"
    MEASURE = "measure"
    REGRADE = "regrade"
    WARNING_REPLY = "warning_reply"
    CORRECTION = "correction"
    MATTER_STEP = "matter_step"
    UNIT_REVIEW = "unit_review"
    GRADE_REVIEW = "grade_review"
    MEASURE_CHECK = "measure_check"


class ReminderStage(Word):
    """提醒階段: when, seen from the day it is due, a person is reminded."""

    CALLED = "called"
    FAR = "far"
    NEAR = "near"
    BEFORE = "before"
    ON_DAY = "on_day"
    LATE = "late"
    VERY_LATE = "very_late"
    TO_UNIT_HEAD = "to_unit_head"
    TO_LEADER = "to_leader"
    TO_COMMISSION = "to_commission"


class SnoozeReason(Word):
    """延後理由: why somebody has a reminder said again later."""

    BUSY = "busy"
    AWAY = "away"
    WAITING = "waiting"
    OTHER = "other"


class BroadcastState(Word):
    """通知狀態: how far a broadcast has come."""

    DRAFT = "draft"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class BroadcastMove(Word):
    """通知操作: a step by which a broadcast is sent, held up, or ended."""

    SEND = "send"
    ASK = "ask"
    APPROVE = "approve"
    DECLINE = "decline"
    PAUSE = "pause"
    GO_ON = "go_on"
    CANCEL = "cancel"
    NUDGE = "nudge"
    AGAIN = "again"
    ARRIVED = "arrived"


class Refinement(Word):
    """通知選項: what may be added to a broadcast: a narrower audience, a file, an hour."""

    POST = "post"
    GRADE = "grade"
    STAGE = "stage"
    OWED = "owed"
    FILE = "file"
    HOUR = "hour"


class Field(Word):
    """字段: what a notice may say of whoever receives it."""

    NAME = "name"
    UNIT = "unit"
    POST = "post"
    OWED = "owed"
    DUE = "due"


class DeliveryState(Word):
    """送達狀態: what became of one copy of a broadcast."""

    WAITING = "waiting"
    SENT = "sent"
    READ = "read"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    NOT_JOINED = "not_joined"
    CANCELLED = "cancelled"


class Language(StrEnum):
    """語言: a language Qingfeng speaks, by its BCP 47 tag."""

    ZH_HANT = "zh-Hant"
    EN = "en"


class PowerCategory(Word):
    """職權類別: what kind of power it is."""

    LICENCE = "licence"
    PAYMENT = "payment"
    CONFIRMATION = "confirmation"
    PENALTY = "penalty"
    INSPECTION = "inspection"
    OTHER_POWER = "other_power"
    PUBLIC_SERVICE = "public_service"
    INTERNAL = "internal"
    VILLAGE_AFFAIRS = "village_affairs"


class RuleSystem(Word):
    """六項制度: the systems of rules every unit has."""

    POST_DUTY = "post_duty"
    FIRST_ASKED = "first_asked"
    TELL_ONCE = "tell_once"
    TIME_LIMIT = "time_limit"
    APPRAISAL = "appraisal"
    ACCOUNTABILITY = "accountability"


class EntryKind(Word):
    """目錄類別: which of the three catalogues an entry stands in."""

    POWER = "power"
    PROCESS = "process"
    RULE = "rule"


class EntryState(Word):
    """條目狀態: where a version of a catalogue entry stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    SUPERSEDED = "superseded"


class Lack(Word):
    """缺項: what is missing in a unit's catalogues."""

    POWERS = "powers"
    PROCESS = "process"
    STEPS = "steps"
    CONDITIONS = "conditions"
    RULE = "rule"
    DOCUMENT = "document"
    REVIEW = "review"


class Seat(Word):
    """領導小組職務: what somebody is in the leading group, or in its office."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    OFFICE_HEAD = "office_head"
    OFFICE_MEMBER = "office_member"


class Posting(Word):
    """任免類別: what happens to somebody's posts."""

    ROTATE = "rotate"
    APPOINT = "appoint"
    RELIEVE = "relieve"
    LEAVE = "leave"


class QuestionnaireState(Word):
    """問卷狀態: where a version of a questionnaire stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class OfficialForm(Word):
    """法定表格: a form the township keeps on paper, of a person on a post or of a unit."""

    PERSONAL_SEARCH = "personal_search"
    PERSONAL_CONTROL = "personal_control"
    UNIT_SEARCH = "unit_search"
    UNIT_CONTROL = "unit_control"


PERSONAL_FORMS = (OfficialForm.PERSONAL_SEARCH, OfficialForm.PERSONAL_CONTROL)
UNIT_FORMS = (OfficialForm.UNIT_SEARCH, OfficialForm.UNIT_CONTROL)


class MatterState(Word):
    """辦件狀態: where a matter stands; while it is stopped its clock does not run."""

    UNDER_WAY = "under_way"
    STOPPED = "stopped"
    FINISHED = "finished"
    DECLINED = "declined"


ENDED = (MatterState.FINISHED, MatterState.DECLINED)  # a matter in one of these is over


class MatterMove(Word):
    """辦件步驟: a step by which a matter goes on, stops, goes back, or ends."""

    ACCEPT = "accept"
    TAKE = "take"
    SEND_BACK = "send_back"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"
    DECLINE = "decline"


class LapseKind(Word):
    """效能問題類別: what monitoring finds wrong with how something was handled."""

    OVERDUE = "overdue"
    ADDED_CONDITION = "added_condition"
    ATTITUDE = "attitude"
    NOT_TOLD = "not_told"
    PASSED_ON = "passed_on"
    SKIPPED = "skipped"
    OTHER = "other"


class WarningLevel(Word):
    """預警等級: how grave a warning is (not the standing grade of a post or risk point)."""

    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class WarningSource(Word):
    """來源渠道: where the facts a warning rests on were learned; never from whom."""

    COMPLAINT = "complaint"
    LATE_FORM = "late_form"
    LATE_MEASURE = "late_measure"
    LATE_MATTER = "late_matter"
    LATE_ANSWER = "late_answer"
    LATE_DISCLOSURE = "late_disclosure"
    SKIPPED_STEP = "skipped_step"
    MONITORING = "monitoring"
    AUDIT = "audit"
    INSPECTION = "inspection"
    VOTE = "vote"
    TALK = "talk"
    UNANSWERED = "unanswered"
    REPEATED = "repeated"
    OTHER = "other"


class WarningState(Word):
    """預警狀態: how far a warning has come on its way from draft to file."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    COUNTERSIGNED = "countersigned"
    ISSUED = "issued"
    DELIVERED = "delivered"
    SIGNED = "signed"
    REPLIED = "replied"
    AUDITED = "audited"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    LIFTED = "lifted"
    ARCHIVED = "archived"
    DROPPED = "dropped"
    LEFT = "left"
    ESCALATED = "escalated"
    REVOKED = "revoked"


class WarningMove(Word):
    """預警步驟: a step by which a warning goes on, goes back, or ends."""

    DRAFT = "draft"
    PROPOSE = "propose"
    COUNTERSIGN = "countersign"
    REDRAFT = "redraft"
    ISSUE = "issue"
    DROP = "drop"
    WITHDRAW = "withdraw"
    LEAVE = "leave"
    DELIVER = "deliver"
    HAND_ON = "hand_on"
    SIGN = "sign"
    REPLY = "reply"
    AUDIT = "audit"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    KEEP_DAY = "keep_day"
    ESCALATE = "escalate"
    GIVE_WAY = "give_way"
    REPORT_UP = "report_up"
    REVOKE = "revoke"
    LIFT = "lift"
    ARCHIVE = "archive"
    LOOK_BACK = "look_back"
    OPEN_LEAD = "open_lead"


class ReplyPart(Word):
    """回覆部分: a part of a reply to a warning, on which the reviewer may comment."""

    CAUSE = "cause"
    CORRECTION = "correction"
    EVIDENCE = "evidence"
    PLEDGE = "pledge"


class WarningPaper(Word):
    """預警文書: a paper of a warning, with lines to sign."""

    NOTICE = "notice"
    REPLY = "reply"
    LIFTING = "lifting"


class FileKind(Word):
    """附件類別: what a file sent as evidence is, by its first bytes."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    VOICE = "voice"
    MP3 = "mp3"
    MP4 = "mp4"


class Trace(Word):
    """附帶資訊: what a file may tell of whoever made it, beside what it shows."""

    NONE = "none"
    HIDDEN = "hidden"
    VOICE = "voice"


class PrivacyTopic(Word):
    """隱私欄目: a page of what is said about privacy."""

    COMPLAINTS = "complaints"
    MATTERS = "matters"
    VOICES = "voices"
    MESSAGES = "messages"
    PEOPLE = "people"
    RISKS = "risks"
    CATALOGUES = "catalogues"
    LOG = "log"
    LIMITS = "limits"
    SETTINGS = "settings"


class KeptAs(Word):
    """保存方式: in what form something is kept."""

    PLAIN = "plain"
    UNTIED = "untied"
    SEALED = "sealed"
    HASHED = "hashed"
    DIGEST = "digest"


class KeptFor(Word):
    """保存期限: how long something is kept."""

    NO_END = "no_end"
    UNTIL_CHANGED = "until_changed"
    UNTIL_LEFT = "until_left"
    CASE = "case"
    ANSWERED = "answered"
    SENT = "sent"
    FINISHED = "finished"
    IMPORTED = "imported"
    INVITED = "invited"
    FOREVER = "forever"


class Reader(Word):
    """可查看者: who can open what is kept."""

    ANYBODY = "anybody"
    CIRCLE = "circle"
    SELF = "self"
    RECEIPT = "receipt"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"
    COMMISSION = "commission"
    COMMITTEE = "committee"
    CLERK = "clerk"
    AUDITOR = "auditor"
    NOBODY = "nobody"
