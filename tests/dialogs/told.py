"""What the dialogues of these tests are told; every name is invented."""

from datetime import date
from uuid import UUID

from dialogs.facts import (
    Audience,
    CaseAtHand,
    CaseListed,
    CasesAtHand,
    CodesKnown,
    EntryAtHand,
    FormsInReach,
    FormToPublish,
    Held,
    Holders,
    Invited,
    LedgersInReach,
    Listener,
    LogToRead,
    NotJoined,
    PostInCharge,
    PostNamed,
    PostToCheck,
    QuestionnaireListed,
    RiskNamed,
    Staff,
    StaffMember,
    Township,
    UnitCatalogue,
    UnitNamed,
    UnitsToSee,
    Vacancy,
    Waiting,
)
from dialogs.vocabulary import (
    CaseKind,
    CaseState,
    EntryKind,
    Grade,
    QuestionnaireState,
    Role,
    UnitKind,
)
from tests.builders.catalogues import POWERS, PROCESSES, RULES


def some_id(number: int) -> UUID:
    """Make an id that always is the same."""
    return UUID(hex=f"{number:08x}" + "0" * 24)


FINANCE, RIVER = UnitNamed(some_id(1), "財政所"), UnitNamed(some_id(2), "上河村")
TOWNSHIP = Township([FINANCE, RIVER])


def post(title: str, unit: str, kind: UnitKind, duty: str = "") -> PostToCheck:
    """A post to check."""
    return PostToCheck(some_id(10), title, unit, kind, duty)


BUYER = post("黨政辦採購員", "黨政辦公室", UnitKind.OFFICE)
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
            CaseKind.REPORT,
            "上河村",
            CaseState.RECEIVED,
            date(2026, 3, 17),
        )
    ]
)
CASE = CaseAtHand(some_id(30), "PDMPU", CaseState.RECEIVED, papers=2)
HOLDERS = Holders(today=date(2026, 3, 2), posts=94, people=85, not_joined=74)
AUDIENCE = Audience(
    [FINANCE, RIVER],
    [
        Listener(frozenset({FINANCE.unit}), frozenset({Role.VILLAGER, Role.CADRE}), joined=True),
        Listener(frozenset({RIVER.unit}), frozenset({Role.VILLAGER, Role.CADRE}), joined=False),
        Listener(frozenset(), frozenset({Role.VILLAGER, Role.AUDITOR}), joined=True),
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
