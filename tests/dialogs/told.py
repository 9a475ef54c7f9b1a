"""What the dialogues of these tests are told; every name is invented."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from dialogs.facts import (
    Audience,
    CalendarAtHand,
    CaseAtHand,
    CaseFollowed,
    CaseListed,
    CasesAtHand,
    CasesToShare,
    CodesKnown,
    EntriesWaiting,
    EntryAtHand,
    FindingTold,
    FormsInReach,
    FormToPublish,
    Handler,
    Held,
    HolderNamed,
    Holders,
    HourAtHand,
    Intake,
    Invited,
    KeyAtHand,
    LapseToRecord,
    LedgersInReach,
    Listener,
    Listeners,
    LogToRead,
    MatterAtHand,
    MatterToAccept,
    NoneTold,
    NotJoined,
    NumbersToTry,
    NumberToTry,
    OfficialNamed,
    OwnSpan,
    PointTold,
    PostInCharge,
    PostNamed,
    PostToCheck,
    ProcessNamed,
    QuestionnaireListed,
    RecoveryAtHand,
    ReturnedDeclaration,
    RiskNamed,
    SelfCheckToFillIn,
    Snoozable,
    SnoozesAtHand,
    Staff,
    StaffMember,
    Township,
    UnitCatalogue,
    UnitNamed,
    UnitsToSee,
    UnitToSpeakOf,
    UnitWaiting,
    Vacancy,
    Waiting,
    Way,
)
from dialogs.rules.matters import conditions_of
from dialogs.vocabulary import (
    Aspect,
    CaseKind,
    CaseMove,
    CaseState,
    DeadlineKind,
    EntryKind,
    Field,
    FindingMethod,
    Grade,
    Likelihood,
    MatterMove,
    MatterState,
    QuestionnaireState,
    Role,
    Satisfaction,
    Severity,
    UnitKind,
    Viewing,
    aspects_of,
)
from tests.builders.catalogues import POWERS, PROCESSES, RULES


def some_id(number: int) -> UUID:
    """Make an id that always is the same."""
    return UUID(hex=f"{number:08x}" + "0" * 24)


FINANCE, RIVER = UnitNamed(some_id(1), "財政所"), UnitNamed(some_id(2), "上河村")
TOWNSHIP = Township([FINANCE, RIVER])
MEMBER, OTHER_MEMBER = Handler(some_id(40), "鄧委員"), Handler(some_id(41), "葉委員")
INTAKE = Intake(
    [
        UnitToSpeakOf(
            FINANCE.unit,
            FINANCE.name,
            UnitKind.OFFICE,
            people=[OfficialNamed(some_id(42), "鄭國良", "財政所所長")],
        ),
        UnitToSpeakOf(
            RIVER.unit,
            RIVER.name,
            UnitKind.VILLAGE,
            people=[
                OfficialNamed(some_id(43), "王建國", "村黨組織書記"),
                OfficialNamed(some_id(44), "張秀英", "村會計（文書）"),
            ],
        ),
    ],
    [MEMBER, OTHER_MEMBER, Handler(some_id(45), "韓守正")],
)


def post(title: str, unit: str, kind: UnitKind, duty: str = "") -> PostToCheck:
    """A post to check."""
    return PostToCheck(some_id(10), title, unit, kind, duty)


BUYER = post("黨政辦採購員", "黨政辦公室", UnitKind.OFFICE)
FOUND = replace(
    BUYER,
    before=[
        PointTold(
            some_id(70),
            some_id(71),
            Aspect.DUTY,
            "收取供應商好處",
            (Way("收回扣、購物卡或低價購物", "採購三家比價，紀檢辦每季抽查"),),
            Likelihood.MEDIUM,
            Severity.DISCIPLINE,
            Grade.MEDIUM,
            Grade.MEDIUM,
        )
    ],
    findings=[
        FindingTold(
            some_id(72), FindingMethod.PUBLIC, None, Aspect.DUTY, "亂蓋公章", "空白紙也給蓋章"
        ),
        FindingTold(
            some_id(73), FindingMethod.LEADER, None, Aspect.PROCESS, "公章亂蓋", "公章隨便外借"
        ),
        FindingTold(
            some_id(74), FindingMethod.PUBLIC, None, Aspect.DUTY, "收好處", "收購物卡才買他家的東西"
        ),
        FindingTold(
            some_id(75), FindingMethod.MUTUAL, None, Aspect.DUTY, "收供應商好處", "低價向供應商購物"
        ),
    ],
)
DECLARED = ReturnedDeclaration(
    some_id(76),
    1,
    FOUND,
    [
        NoneTold(aspect, "採購只按清單，不經手。")
        for aspect in aspects_of(UnitKind.OFFICE)
        if aspect is not Aspect.DUTY
    ],
)
ACCOUNTANT = post("村會計（文書）", "上河村", UnitKind.VILLAGE)
INVITATION = Invited("NKDBPMS6TM5H", "許春燕", ["財政所 財政所會計"])
WAITING = NotJoined(
    [
        Waiting(some_id(20), "鄭國良", "財政所"),
        Waiting(some_id(21), "呂思穎", "財政所"),
        Waiting(some_id(22), "馮小雨", ""),
    ]
)
CASES = CasesAtHand(
    [
        CaseListed(
            some_id(30),
            "PDMPU",
            CaseState.RECEIVED,
            date(2026, 3, 17),
        )
    ]
)
SET_ASIDE = CasesAtHand(
    CASES.cases,
    set_aside=[
        CaseListed(some_id(31 + place), number, CaseState.QUARANTINED, date(2026, 3, 18))
        for place, number in enumerate(("QW3RT", "ZXC7V"))
    ],
)
CLOSED = CasesAtHand(
    [*CASES.cases, CaseListed(some_id(35), "RT3VU", CaseState.CONCLUDED, date(2026, 3, 20))],
    over=[
        CaseListed(
            some_id(33),
            "KM4NP",
            CaseState.CONCLUDED,
            date(2026, 2, 20),
            rating=Satisfaction.NOT,
        ),
        CaseListed(some_id(34), "T7RSU", CaseState.DECLINED, date(2026, 2, 27)),
    ],
)
LOCKED = CasesAtHand((), locked=True)
CASE = CaseAtHand(
    some_id(30),
    "PDMPU",
    CaseState.RECEIVED,
    [CaseMove.ACCEPT, CaseMove.DECLINE, CaseMove.HAND_ON, CaseMove.ASSIGN, CaseMove.INFORM],
    [MEMBER, OTHER_MEMBER],
    papers=2,
)
TO_TELL = CaseAtHand(
    some_id(30),
    "PDMPU",
    CaseState.CONCLUDED,
    [CaseMove.TELL],
    papers=4,
    kind=CaseKind.REPORT,
    concluded=date(2026, 2, 24),
    today=date(2026, 3, 2),
)
AT_WORK = CaseAtHand(
    some_id(30),
    "PDMPU",
    CaseState.ACCEPTED,
    [CaseMove.ASK, CaseMove.CONCLUDE],
    papers=3,
    kind=CaseKind.SERVICE,
)
NUMBERS = NumbersToTry(
    [NumberToTry("late_yellow", 1), NumberToTry("late_orange", 10)],
    date(2026, 3, 2),
    date(2024, 3, 2),
    date(2025, 9, 1),
)
FOLLOWED = CaseFollowed(
    "0123456789abcdef",
    "PDMPU",
    CaseState.ASKED,
    [CaseMove.SUPPLEMENT, CaseMove.RETALIATION, CaseMove.WITHDRAW],
)
CONCLUDED = CaseFollowed(
    "0123456789abcdef",
    "PDMPU",
    CaseState.CONCLUDED,
    [CaseMove.RATE, CaseMove.REOPEN, CaseMove.RETALIATION],
)
NO_RECOVERY = RecoveryAtHand()
OLD_RECOVERY = RecoveryAtHand("9f8e7d6c5b4a3210", date(2026, 1, 5))
NO_KEY, OLD_KEY = KeyAtHand(), KeyAtHand("3a1b5c7d9e0f2468", Viewing.IN_CHAT, 3)
FORGOTTEN = replace(OLD_KEY, locked=True)
LAST = replace(FORGOTTEN, last=2, lost=1)
TO_SHARE = CasesToShare(MEMBER.person, MEMBER.name, "3a1b5c7d9e0f2468", 3)
OFF = OwnSpan(date(2026, 3, 19), date(2026, 3, 20), worked=False, reason="換屆選舉，全鎮停辦")
MADE_UP = OwnSpan(date(2026, 3, 28), date(2026, 3, 28), worked=True, reason="補三月十九日的班")
OWN_DAYS = CalendarAtHand(date(2026, 3, 2), date(2026, 12, 31), [OFF, MADE_UP])
TO_SNOOZE = SnoozesAtHand(
    date(2026, 3, 10),
    [
        Snoozable(
            some_id(91), DeadlineKind.SELF_CHECK, "財政所會計", date(2026, 3, 9), date(2026, 3, 13)
        ),
        Snoozable(
            some_id(92), DeadlineKind.MEASURE, "財政所會計", date(2026, 3, 18), date(2026, 3, 18)
        ),
    ],
)
OWN_HOUR = HourAtHand(range(9, 18), 9)
HOLDERS = Holders(
    *(date(2026, 3, 2), 94, 85, 74),
    free=frozenset({date(2026, 3, 28), date(2026, 3, 29)}),
)
AUDIENCE = Audience(
    date(2026, 3, 2),
    [FINANCE, RIVER],
    [],
    [
        Listeners(
            Listener(
                units=frozenset({FINANCE.unit}),
                roles=frozenset({Role.VILLAGER, Role.CADRE}),
                owed=frozenset({DeadlineKind.SELF_CHECK}),
            ),
            count=2,
            joined=1,
            fields={
                Field.NAME: "呂思穎",
                Field.UNIT: "財政所",
                Field.POST: "財政所出納",
                Field.OWED: "崗位自查",
                Field.DUE: "2026年3月31日",
            },
        ),
        Listeners(
            Listener(units=frozenset({RIVER.unit}), roles=frozenset({Role.VILLAGER, Role.CADRE})),
            count=1,
            joined=0,
            fields={Field.NAME: "陳大山"},
        ),
        Listeners(
            Listener(roles=frozenset({Role.VILLAGER, Role.AUDITOR})),
            count=1,
            joined=1,
            fields={Field.NAME: "秦明"},
        ),
    ],
)
LOW_INCOME = PROCESSES[1]
WELFARE = UnitCatalogue(
    unit=UnitNamed(some_id(6), "民政辦"),
    code="Z06",
    posts=[
        PostInCharge("Z06-01", "民政辦主任", [RiskNamed("優親厚友", Grade.HIGH)]),
        PostInCharge("Z06-02", "民政辦幹事"),
    ],
    powers=[POWERS[2], POWERS[3]],
    processes=[LOW_INCOME],
    rules=[RULES[2]],
    taken=["Z06-Q01", "Z06-Q02", "Z06-L01"],
)
ENTRY = EntryAtHand(some_id(40), EntryKind.PROCESS, LOW_INCOME.name, 2)
WAITING_ENTRIES = EntriesWaiting(
    [
        UnitWaiting(
            UnitNamed(some_id(6), "民政辦"),
            [
                ENTRY,
                EntryAtHand(some_id(41), EntryKind.POWER, "低保審核", 1),
                EntryAtHand(some_id(42), EntryKind.RULE, "首問負責制度", 1),
            ],
        ),
        UnitWaiting(FINANCE, [EntryAtHand(some_id(43), EntryKind.POWER, "經費報銷審核", 1)]),
    ]
)
CODES = CodesKnown(frozenset({"Z06"}), frozenset({"Z06-01"}), frozenset())
UNITS_TO_SEE = UnitsToSee([FINANCE, RIVER])
STAFF = Staff(
    date(2026, 3, 2),
    [
        StaffMember(
            some_id(40),
            "鄭國良",
            "財政所",
            [Held(some_id(50), "財政所所長", date(2020, 6, 1))],
            [Role.CADRE, Role.UNIT_HEAD],
        ),
        StaffMember(
            some_id(41),
            "呂思穎",
            "財政所",
            [
                Held(some_id(51), "財政所出納", date(2023, 7, 1)),
                Held(some_id(52), "財政所票據員", date(2024, 1, 8)),
            ],
            [Role.CADRE],
        ),
        StaffMember(some_id(42), "馮小雨", "", [], []),
    ],
    [
        Vacancy(some_id(60), "財政所會計", "財政所", ["許春燕"]),
        Vacancy(some_id(61), "財政所出納", "財政所", ["呂思穎"]),
        Vacancy(some_id(62), "民政辦主任", "民政辦", []),
    ],
)
ROADS = QuestionnaireListed(
    some_id(40).hex, "村道問卷", "2", QuestionnaireState.OFFERED, answers=12
)
CANTEEN = QuestionnaireListed(some_id(42).hex, "食堂問卷", "", QuestionnaireState.DRAFT)
ROADS_TO_PUBLISH = FormToPublish(
    some_id(40), "村道問卷", "2", "1", date(2026, 3, 2), [FINANCE, RIVER]
)
FORMS = FormsInReach(
    [
        PostNamed(some_id(60), "財政所會計", FINANCE.unit, "財政所", UnitKind.OFFICE, ["許春燕"]),
        PostNamed(some_id(61), "財政所出納", FINANCE.unit, "財政所", UnitKind.OFFICE),
        PostNamed(some_id(63), "村會計", RIVER.unit, "上河村", UnitKind.VILLAGE, ["張秀英"]),
    ],
    [FINANCE, RIVER],
)
OWN_FORMS = FormsInReach(FORMS.posts[:1], [])
LEDGERS = LedgersInReach([FINANCE, RIVER])
SUBSIDY_PROCESS = ProcessNamed(some_id(70), "惠農補貼發放流程", FINANCE.unit, "財政所")
PROCESSES_TO_CHOOSE = [
    SUBSIDY_PROCESS,
    ProcessNamed(some_id(71), "宅基地申請流程", RIVER.unit, "上河村"),
]
CONDITIONS = conditions_of(PROCESSES[0].conditions)
TO_ACCEPT = MatterToAccept(process=SUBSIDY_PROCESS, conditions=CONDITIONS, steps=4, days=17)
MATTER = MatterAtHand(
    matter=some_id(72),
    number="ABCD-2345",
    process="惠農補貼發放流程",
    state=MatterState.UNDER_WAY,
    step=2,
    steps=4,
    step_name="公示",
    moves=[MatterMove.TAKE, MatterMove.SEND_BACK, MatterMove.STOP, MatterMove.DECLINE],
    conditions=CONDITIONS,
)
LAPSE = LapseToRecord(
    date(2026, 3, 2),
    process=SUBSIDY_PROCESS,
    steps=["收集名單", "公示", "審核", "撥付到卡"],
    matter=some_id(72),
    number="ABCD-2345",
)
LOG = LogToRead(
    date(2026, 3, 2),
    [
        Waiting(some_id(20), "鄭國良", "財政所"),
        Waiting(some_id(21), "呂思穎", "財政所"),
        Waiting(some_id(22), "馮小雨", ""),
    ],
    [FINANCE, RIVER],
    None,
)
FILL_IN = SelfCheckToFillIn(
    [
        HolderNamed(some_id(80), some_id(20), "鄭國良", "財政所", "財政所所長", joined=True),
        HolderNamed(some_id(81), some_id(22), "馮小雨", "財政所", "財政所票據員", joined=False),
        HolderNamed(some_id(82), some_id(23), "張秀英", "上河村", "村會計（文書）", joined=False),
    ]
)
FILLED_IN = SelfCheckToFillIn(
    chosen=replace(FILL_IN.holders[2], joined=True), post=ACCOUNTANT, note="三資的理由太籠統。"
)
