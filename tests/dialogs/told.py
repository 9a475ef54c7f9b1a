"""What the dialogues of these tests are told; every name is invented."""

from datetime import date
from uuid import UUID

from dialogs.facts import (
    Audience,
    CaseAtHand,
    CaseListed,
    CasesAtHand,
    FormToPublish,
    Holders,
    Invited,
    Listener,
    NotJoined,
    PostToCheck,
    QuestionnaireListed,
    Township,
    UnitNamed,
    Waiting,
)
from dialogs.vocabulary import CaseKind, CaseState, QuestionnaireState, Role, UnitKind


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
CASE = CaseAtHand(some_id(30), "PDMPU", CaseState.RECEIVED)
HOLDERS = Holders(today=date(2026, 3, 2), posts=94, people=85, not_joined=74)
AUDIENCE = Audience(
    [FINANCE, RIVER],
    [
        Listener(frozenset({FINANCE.unit}), frozenset({Role.VILLAGER, Role.CADRE}), joined=True),
        Listener(frozenset({RIVER.unit}), frozenset({Role.VILLAGER, Role.CADRE}), joined=False),
        Listener(frozenset(), frozenset({Role.VILLAGER, Role.AUDITOR}), joined=True),
    ],
)
ROADS = QuestionnaireListed(
    some_id(40).hex, "村道問卷", "2", QuestionnaireState.OFFERED, answers=12
)
CANTEEN = QuestionnaireListed(some_id(42).hex, "食堂問卷", "", QuestionnaireState.DRAFT)
ROADS_TO_PUBLISH = FormToPublish(
    some_id(40), "村道問卷", "2", "1", date(2026, 3, 2), [FINANCE, RIVER]
)
