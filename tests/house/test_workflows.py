"""docs/workflows.md is written from the tables of the ways, and says nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from dialogs.messages import plain_words
from dialogs.rules.access import Permission, Reach
from dialogs.rules.handling import WAY as WAY_OF_A_LETTER
from dialogs.rules.handling import Side
from dialogs.rules.matters import PASSAGES, Passage
from dialogs.rules.warning import NOBODY, OVER
from dialogs.rules.warning import WAY as WAY_OF_A_WARNING
from dialogs.rules.warning import Step as WarningStep
from dialogs.rules.workflow import WAY, Step
from dialogs.vocabulary import (
    CaseMove,
    CaseState,
    DeclarationState,
    Language,
    MatterState,
    WarningLevel,
    WarningMove,
    WarningState,
)
from tests.house.places import ROOT

PAGE = ROOT / "docs" / "workflows.md"
MARKS = (
    ("<!-- the way -->", "<!-- end -->"),
    ("<!-- the matter -->", "<!-- end of the matter -->"),
    ("<!-- the letter -->", "<!-- end of the letter -->"),
    ("<!-- the warning -->", "<!-- end of the warning -->"),
)
IN_CHARGE = "環節的承辦崗位"
BY_ITSELF = {
    WarningMove.GIVE_WAY: "更高一級預警簽發時",
    WarningMove.HAND_ON: "系統，單位換了負責人時",
    WarningMove.WITHDRAW: "系統",
}
WHERE = {Reach.ANYWHERE: "", Reach.OWN_UNIT: "（本單位）", Reach.LED_UNITS: "（分管單位）"}


def said(word: object) -> str:
    return plain_words(word, Language.ZH_HANT)  # type: ignore[arg-type]


def who(by: Permission) -> str:
    if not by:
        return "系統，新的申報備案時"
    return "、".join(f"{said(role)}{WHERE[reach]}" for role, reach in by.items())


def row(step: Step) -> str:
    start = "（新）" if step.start is None else said(step.start)
    grades = "定級" if step.grades else ""
    cells = (start, said(step.move), said(step.leads), who(step.by), grades)
    return f"| {' | '.join(cells)} |"


def table() -> str:
    head = "| 現在 | 步驟 | 之後 | 誰可以辦 | |\n|---|---|---|---|---|"
    return "\n".join([head, *(row(step) for step in WAY)])


def passage_row(passage: Passage) -> str:
    start = "（新）" if passage.start is None else said(passage.start)
    by = IN_CHARGE if passage.by is None else who(passage.by)
    return f"| {' | '.join((start, said(passage.move), said(passage.leads), by))} |"


def table_of_matters() -> str:
    head = "| 現在 | 步驟 | 之後 | 誰可以辦 |\n|---|---|---|---|"
    return "\n".join([head, *(passage_row(passage) for passage in PASSAGES)])


SIDES = {
    Side.HANDLER: "有密鑰的經辦人",
    Side.ASSIGNED: "被交辦的經辦人",
    Side.APPROVER: "紀委書記；書記申請或迴避的，申請人以外的經辦人",
    Side.WRITER: "來信人，憑回執",
}


@dataclass(frozen=True)
class CaseWay:
    """A step of a letter from one state, as the page says it."""

    start: CaseState | None
    move: CaseMove
    leads: CaseState
    by: str


Ways = Sequence[Step] | Sequence[Passage] | Sequence[CaseWay] | Sequence[WarningStep]


def ways_of_a_letter() -> Sequence[CaseWay]:
    lodged = CaseWay(None, CaseMove.LODGE, CaseState.RECEIVED, "任何人")
    return [
        lodged,
        *(
            CaseWay(start, rule.move, rule.leads or start, SIDES[rule.by])
            for rule in WAY_OF_A_LETTER
            for start in rule.start
        ),
    ]


def table_of_letters() -> str:
    head = "| 現在 | 步驟 | 之後 | 誰可以辦 |\n|---|---|---|---|"
    rows = [
        f"| {'（新）' if way.start is None else said(way.start)}"
        f" | {said(way.move)} | {said(way.leads)} | {way.by} |"
        for way in ways_of_a_letter()
    ]
    return "\n".join([head, *rows])


def by_whom(step: WarningStep) -> str:
    if step.by is None:
        return "收到預警的人"
    return BY_ITSELF[step.move] if step.by is NOBODY else who(step.by)


def table_of_warnings() -> str:
    head = "| 現在 | 步驟 | 之後 | 誰可以辦 | 等級 |\n|---|---|---|---|---|"
    rows = [
        f"| {'（新）' if step.start is None else said(step.start)}"
        f" | {said(step.move)} | {said(step.leads)} | {by_whom(step)} | "
        f"{'' if len(step.levels) == len(WarningLevel) else '、'.join(map(said, step.levels))} |"
        for step in WAY_OF_A_WARNING
    ]
    return "\n".join([head, *rows])


def diagram(states: type[Enum], steps: Ways) -> str:
    names = {state: state.name for state in states}
    lines = [
        f"    {'[*]' if step.start is None else names[step.start]}"
        f" --> {names[step.leads]} : {said(step.move)}"
        for step in steps
    ]
    labels = [f'    state "{said(state)}" as {name}' for state, name in names.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *labels, *lines, "```"])


def test_the_page_says_what_the_tables_say(request: object) -> None:
    tables = (
        (table(), diagram(DeclarationState, WAY)),
        (table_of_matters(), diagram(MatterState, PASSAGES)),
        (table_of_letters(), diagram(CaseState, ways_of_a_letter())),
        (table_of_warnings(), diagram(WarningState, WAY_OF_A_WARNING)),
    )
    for (begin, end), (listed, drawn) in zip(MARKS, tables, strict=True):
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(begin)
        written, _, after = rest.partition(end)
        current = f"\n\n{listed}\n\n{drawn}\n\n"
        if request.config.getoption("--update"):  # type: ignore[attr-defined]
            Path(PAGE).write_text(f"{before}{begin}{current}{end}{after}", encoding="utf-8")
            written = current
        assert written == current


def test_every_state_can_be_reached_and_left() -> None:
    assert {step.leads for step in WAY} == set(DeclarationState)
    left = {step.start for step in WAY}
    assert left - {None} == set(DeclarationState) - {DeclarationState.SUPERSEDED}


def test_every_state_of_a_warning_can_be_reached_and_is_left_or_an_end() -> None:
    assert {step.leads for step in WAY_OF_A_WARNING} == set(WarningState)
    left = {step.start for step in WAY_OF_A_WARNING if step.start is not step.leads}
    assert set(WarningState) - left == set(OVER)
