"""Papers are filled from what is on file, for those whose it is or who look after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from uuid import UUID

import docx
import pytest
from sqlmodel import Session

from dialogs.documents.on_file import UnitOnFile
from dialogs.documents.search_form import Signature
from dialogs.errors import Refused
from dialogs.events import AspectChecked, FoundPoint, LedgerAsked, OfficialFormAsked, PointGraded
from dialogs.facts import (
    FormsInReach,
    LedgersInReach,
    PowerEntry,
    ProcessEntry,
    StepEntry,
    Way,
)
from dialogs.rules.access import Action, Standing
from dialogs.vocabulary import (
    Aspect,
    DeclarationState,
    Grade,
    Language,
    Likelihood,
    Move,
    OfficialForm,
    PowerCategory,
    Role,
    Severity,
)
from storage import catalogues, declarations, papers
from storage.briefing import brief
from storage.database import Database
from storage.declarations import Taken
from storage.occasion import Occasion
from storage.people import Known
from storage.points import points_of
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import Person, Post, Recusal
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint

State = DeclarationState
POINT = FoundPoint(
    name="票據外流",
    ways=(Way("空白票據無人登記", "每月盤點"), Way("作廢票據不收回", "收回剪角")),
    likelihood=Likelihood.MEDIUM,
    severity=Severity.DISCIPLINE,
    grade=Grade.LOW,
    reason="數量很少",
)


@dataclass
class Office:
    """An office with a filed post and an empty one, and people who ask for papers."""

    database: Database
    keys: Keyring
    unit: UUID
    other: UUID
    posts: Sequence[UUID]
    people: dict[str, UUID]

    def occasion(self, name: str, *roles: Role, held: Sequence[UUID] = ()) -> Occasion:
        units = frozenset({self.unit}) if held else frozenset[UUID]()
        standing = Standing(frozenset(roles), units, frozenset(held))
        known = Known(self.people[name], name, standing)
        return Occasion(
            *(NOON, TODAY, 1, self.keys, Language.ZH_HANT, known),
            town="清河鎮",
            books=self.database,
        )

    def hand_out(self, event: object, occasion: Occasion) -> Outcome:
        prepared = prepare(event, occasion)
        with self.database.writing() as session:
            return record(event, session, replace(occasion, books=None), prepared)

    def aside(self, reader: str) -> None:
        with self.database.writing() as session:
            session.add(
                Recusal(
                    person_id=self.people[reader],
                    holder_id=self.people["許春燕"],
                    reason="表親",
                    declared_on=TODAY,
                )
            )


@pytest.fixture
def office(database: Database, keys: Keyring) -> Office:
    with database.writing() as session:
        unit, other = a_unit(session, "Z1", "財政所"), a_unit(session, "Z2", "民政辦")
        posts = [a_post(session, unit, "Z1-1", "會計"), a_post(session, unit, "Z1-2", "出納")]
        names = ("許春燕", "鄭國良", "韓守正", "陳書記")
        people = {name: a_person(session, name, keys=keys) for name in names}
        appoint(session, people["許春燕"], posts[0])
        declared = declarations.declare(
            session,
            people["許春燕"].id,
            posts[0].id,
            [AspectChecked(Aspect.DUTY, (POINT,)), AspectChecked(Aspect.PROCESS, (), "兩人經手")],
            round_id=None,
            now=NOON,
            today=TODAY,
        )
        (point,) = points_of(session, declared)
        grades = [PointGraded(point.point, Grade.HIGH, "發生過案件")]
        for move, start, leads, who, meeting in (
            (Move.ENDORSE, State.DECLARED, State.ENDORSED, "鄭國良", None),
            (Move.DEFINE, State.ENDORSED, State.DEFINED, "韓守正", None),
            (Move.SETTLE, State.HEARD, State.SETTLED, "陳書記", "第12次會議"),
            (Move.FILE, State.SETTLED, State.FILED, "韓守正", None),
        ):
            taken = Taken(move, start, leads, people[who].id, meeting=meeting)
            step = declarations.note_step(session, declared, taken, now=NOON)
            if move in (Move.DEFINE, Move.SETTLE):
                declarations.fix_grades(session, declared, step, grades)
        declared.filing_number = "清廉備〔2026〕第001號"
        declared.review_due_on = date(2029, 3, 2)
        return Office(
            database,
            keys,
            unit.id,
            other.id,
            [post.id for post in posts],
            {name: person.id for name, person in people.items()},
        )


def test_what_is_on_file_is_gathered_with_the_chain_as_it_was_taken(office: Office) -> None:
    with office.database.reading() as session:
        post = session.get_one(Post, office.posts[0])
        (file,) = papers.of_post(session, post, reader=office.people["韓守正"], today=TODAY)
    (point,) = file.points
    assert (point.declared, point.settled, point.reason) == (Grade.LOW, Grade.HIGH, "數量很少")
    assert [way.measure for way in point.ways] == ["每月盤點", "收回剪角"]
    assert [(one.aspect, one.reason) for one in file.none] == [(Aspect.PROCESS, "兩人經手")]
    chain = file.chain
    assert chain.signed
    assert chain.signed.name == "許春燕"
    assert chain.unit_head
    assert (chain.unit_head.text, chain.unit_head.name) == ("同意", "鄭國良")
    assert chain.leader is None
    assert chain.commission
    assert chain.commission.text == "同意\n「票據外流」定為一級(高)：發生過案件"
    assert chain.party_committee
    assert chain.party_committee.name == "第12次會議"
    assert (file.filing_number, file.state) == ("清廉備〔2026〕第001號", State.FILED)


def test_a_holder_takes_the_forms_of_their_own_post_and_of_no_other(office: Office) -> None:
    holder = office.occasion("許春燕", Role.CADRE, held=office.posts[:1])
    own = OfficialFormAsked(OfficialForm.PERSONAL_SEARCH, office.unit, office.posts[0])
    handed = office.hand_out(own, holder)
    (reply,) = handed.replies
    assert reply.paper
    assert reply.paper.name == "個人廉政風險查找表_會計_許春燕.docx"
    chain = docx.Document(BytesIO(reply.paper.content)).tables[2]
    assert chain.cell(3, 1).text == "清廉備〔2026〕第001號"
    assert handed.about == f"personal_search:{office.posts[0].hex}"
    with office.database.reading() as session:
        told: FormsInReach = brief(session, Action.FORMS, "", occasion=holder)
    assert ([one.post for one in told.posts], list(told.units)) == ([office.posts[0]], [])
    for event in (
        OfficialFormAsked(OfficialForm.UNIT_SEARCH, office.unit),
        OfficialFormAsked(OfficialForm.PERSONAL_SEARCH, office.unit, office.posts[1]),
        LedgerAsked(office.unit),
    ):
        with pytest.raises(Refused, match="not_your_unit"):
            office.hand_out(event, holder)


def test_a_head_takes_papers_of_their_own_unit_only(office: Office) -> None:
    head = office.occasion("鄭國良", Role.UNIT_HEAD, held=office.posts[1:])
    form = OfficialFormAsked(OfficialForm.UNIT_CONTROL, office.unit)
    assert office.hand_out(form, head).replies[0].paper
    with office.database.reading() as session:
        told: LedgersInReach = brief(session, Action.LEDGER, "", occasion=head)
    assert [unit.unit for unit in told.units] == [office.unit]
    for event in (replace(form, unit=office.other), LedgerAsked(office.other)):
        with pytest.raises(Refused, match="not_your_unit"):
            office.hand_out(event, head)


def test_the_reach_is_looked_at_again_when_a_paper_is_handed_out(office: Office) -> None:
    member = office.occasion("韓守正", Role.COMMISSION_MEMBER)
    event = OfficialFormAsked(OfficialForm.UNIT_SEARCH, office.unit)
    prepared = prepare(event, member)
    relieved = office.occasion("韓守正", Role.CADRE)
    with office.database.writing() as session, pytest.raises(Refused, match="not_your_unit"):
        record(event, session, relieved, prepared)


def test_whoever_stands_aside_gets_no_form_of_the_person_and_none_of_their_rows(
    office: Office,
) -> None:
    office.aside("韓守正")
    member = office.occasion("韓守正", Role.COMMISSION_MEMBER)
    with pytest.raises(Refused, match="stands_aside"):
        office.hand_out(
            OfficialFormAsked(OfficialForm.PERSONAL_CONTROL, office.unit, office.posts[0]), member
        )
    with office.database.reading() as session:
        (unit,) = papers.of_units(session, [office.unit], reader=member.person, today=TODAY)
        assert [post.withheld for post in unit.posts] == [True, False]
        assert unit.posts[0].points == ()


def test_a_post_nobody_declared_has_no_personal_form_and_says_so(office: Office) -> None:
    clerk = office.occasion("韓守正", Role.OFFICE_CLERK)
    event = OfficialFormAsked(OfficialForm.PERSONAL_SEARCH, office.unit, office.posts[1])
    with pytest.raises(Refused, match="not_declared"):
        office.hand_out(event, clerk)


def test_the_ledger_of_the_town_counts_every_unit(office: Office) -> None:
    clerk = office.occasion("韓守正", Role.OFFICE_CLERK)
    handed = office.hand_out(LedgerAsked(None), clerk)
    (phrase,) = handed.replies[0].phrases
    assert getattr(phrase, "values", None) == {"units": 2, "posts": 2, "points": 1}


def test_the_form_of_a_unit_has_the_steps_of_its_processes_in_force(office: Office) -> None:
    with office.database.writing() as session:
        entry = ProcessEntry(
            unit="Z1",
            code="Z1-L1",
            name="經費報銷",
            powers=(),
            steps=(
                StepEntry("收單", "Z1-1", 1, risk="票據外流", grade=Grade.HIGH),
                StepEntry("登記", "Z1-1", 1),
                StepEntry("付款", "Z1-2", 1, supervision="日終對帳", risk="先付款後補手續"),
            ),
        )
        row = catalogues.write(session, entry, by=None, now=NOON)
        assert row
        assert not papers_of(office, session).nodes  # not in force yet
        catalogues.decide(session, row, by=None, now=NOON)
        unit = papers_of(office, session)
    (node,) = unit.posts[0].points[0].nodes
    assert (node.process, node.number, node.name, node.grade) == (
        *("經費報銷", 1, "收單"),
        Grade.HIGH,
    )
    assert [(one.name, one.post, one.risk) for one in unit.nodes] == [
        ("付款", "出納", "先付款後補手續")
    ]


def papers_of(office: Office, session: Session) -> UnitOnFile:
    reader = office.people["陳書記"]
    (unit,) = papers.of_units(session, [office.unit], reader=reader, today=TODAY)
    return unit


def test_what_a_clerk_filled_in_says_so_where_its_holder_signs(office: Office) -> None:
    holder, clerk = office.people["許春燕"], office.people["鄭國良"]
    with office.database.writing() as session:
        declared = declarations.declare(
            *(session, holder, office.posts[1], [AspectChecked(Aspect.DUTY, (), "兩人經手")]),
            round_id=None,
            now=NOON,
            today=TODAY,
            by=clerk,
        )
        appoint(session, session.get_one(Person, holder), session.get_one(Post, office.posts[1]))
        assert declarations.filled_in_by(session, declared) == clerk
        assert declarations.as_declared(session, declared).filled_in_by == {clerk}
        post = session.get_one(Post, office.posts[1])
        (file,) = papers.of_post(session, post, reader=office.people["韓守正"], today=TODAY)
    assert file.chain.signed == Signature("許春燕", TODAY, "鄭國良")


def test_a_personal_form_names_the_powers_its_post_exercises(office: Office) -> None:
    with office.database.writing() as session:
        for code, name, posts in (
            ("Z1-Q1", "經費報銷審核", ("Z1-1", "Z1-2")),
            ("Z1-Q2", "付款", ("Z1-2",)),
        ):
            entry = PowerEntry(
                *("Z1", code, name, PowerCategory.INTERNAL, posts),
                basis="財務管理制度",
                subject="財政所",
            )
            row = catalogues.write(session, entry, by=None, now=NOON)
            assert row
            assert name not in papers_of(office, session).posts[0].powers  # not in force yet
            catalogues.decide(session, row, by=None, now=NOON)
        accountant, cashier = papers_of(office, session).posts
    assert accountant.powers == ["經費報銷審核"]
    assert cashier.powers == ["經費報銷審核", "付款"]
