"""The catalogues: versions, approval, what is missing, and the workbook taken over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import AspectChecked, FoundPoint
from dialogs.facts import Missing, PowerEntry, ProcessEntry, RuleEntry, Way
from dialogs.rules.access import Standing
from dialogs.vocabulary import (
    Aspect,
    EntryState,
    Grade,
    Lack,
    Likelihood,
    Role,
    RuleSystem,
    Severity,
)
from storage import catalogues, declarations, organisation
from storage.catalogues import Row
from storage.database import Database
from storage.tables import (
    Person,
    Post,
    Power,
    Process,
    ProcessStep,
    RiskPoint,
    Rule,
    RuleFile,
    Unit,
)
from tests.builders.catalogues import POWERS, PROCESSES, RULES, example_catalogues
from tests.builders.people import NOON, TODAY
from tests.builders.township import example_township


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A township with its roster, and no catalogues yet."""
    with database.writing() as opened:
        organisation.take_over(opened, example_township(), today=TODAY)
        yield opened


def unit_of(session: Session, code: str) -> UUID:
    return session.exec(select(Unit.id).where(Unit.code == code)).one()


def person(session: Session, name: str) -> UUID:
    return session.exec(select(Person.id).where(Person.name == name)).one()


def written(session: Session, *entries: PowerEntry | ProcessEntry | RuleEntry) -> list[Row]:
    rows = [catalogues.write(session, one, by=None, now=NOON) for one in entries]
    return [row for row in rows if row is not None]


def approved(session: Session, *entries: PowerEntry | ProcessEntry | RuleEntry) -> None:
    for row in written(session, *entries):
        catalogues.decide(session, row, by=None, now=NOON)


def states(session: Session, code: str) -> list[tuple[int, EntryState]]:
    rows = session.exec(select(Power).where(Power.code == code).order_by(col(Power.version))).all()
    for row in rows:
        session.refresh(row)
    return [(row.version, row.state) for row in rows]


SUBSIDY, LOW_INCOME = POWERS[0], PROCESSES[1]


def test_what_was_written_reads_back_as_it_was(session: Session) -> None:
    written(session, *POWERS, *PROCESSES, *RULES)
    assert catalogues.export(session) == example_catalogues()


def test_the_same_again_makes_no_version(session: Session) -> None:
    written(session, *POWERS, *PROCESSES, *RULES)
    changes = catalogues.take_over(session, example_catalogues(), by=None, now=NOON)
    assert changes == []


def test_a_change_is_a_new_version_and_the_one_in_force_stays_until_it_is_approved(
    session: Session,
) -> None:
    approved(session, SUBSIDY)
    (row,) = written(session, replace(SUBSIDY, commitment="三天到卡"))
    assert states(session, "Z05-Q01") == [(1, EntryState.APPROVED), (2, EntryState.DRAFT)]
    catalogues.decide(session, row, by=None, now=NOON)
    assert states(session, "Z05-Q01") == [(1, EntryState.SUPERSEDED), (2, EntryState.APPROVED)]
    first = catalogues.read(session, Power, col(Power.version) == 1)[0]
    assert first.entry == SUBSIDY


def test_a_draft_gives_way_to_the_next_draft(session: Session) -> None:
    written(session, SUBSIDY, replace(SUBSIDY, commitment="三天到卡"))
    assert states(session, "Z05-Q01") == [(1, EntryState.SUPERSEDED), (2, EntryState.DRAFT)]


def test_what_is_decided_is_not_decided_again(session: Session) -> None:
    (row,) = written(session, SUBSIDY)
    catalogues.decide(session, row, by=None, now=NOON, comment="依據要寫到條")
    assert (row.state, row.comment) == (EntryState.SENT_BACK, "依據要寫到條")
    with pytest.raises(Refused, match="entry_decided"):
        catalogues.decide(session, row, by=None, now=NOON)


def test_a_code_belongs_to_one_unit(session: Session) -> None:
    written(session, SUBSIDY)
    with pytest.raises(Refused, match="code_taken"):
        written(session, replace(SUBSIDY, unit="Z06"))


def test_a_post_of_another_unit_may_be_named_by_its_title(session: Session) -> None:
    step = replace(LOW_INCOME.steps[0], post="財政所出納")
    written(session, *POWERS, replace(LOW_INCOME, steps=(step,)))
    kept = catalogues.read(session, Process)[0].entry
    assert isinstance(kept, ProcessEntry)
    assert kept.steps[0].post == "Z05-03"
    for title, refusal in (("無此崗", "post_unknown"), ("村委會主任", "posts_of_that_name")):
        with pytest.raises(Refused, match=refusal):
            written(session, replace(LOW_INCOME, steps=(replace(step, post=title),)))


def test_a_risk_called_like_a_point_of_the_post_refers_to_it(session: Session) -> None:
    post = session.exec(select(Post).where(Post.code == "Z06-01")).one()
    holder = session.exec(select(Person)).first()
    assert holder
    found = FoundPoint(
        "優親厚友，收受好處放寬標準",
        (Way("代簽代領", "逐戶核對"),),
        Likelihood.HIGH,
        Severity.CRIME,
        Grade.HIGH,
    )
    aspects = [AspectChecked(Aspect.DUTY, (found,))]
    declarations.declare(session, holder.id, post.id, aspects, round_id=None, now=NOON, today=TODAY)
    point = session.exec(select(RiskPoint)).one()
    written(session, LOW_INCOME)
    steps = session.exec(select(ProcessStep).order_by(col(ProcessStep.ordinal))).all()
    assert [step.risk_point_id for step in steps] == [None] * 4 + [point.id] + [None]


# ---- who approves


def test_the_head_approves_what_the_clerk_wrote_and_the_leader_what_the_head_wrote(
    session: Session,
) -> None:
    head, clerk = person(session, "鄭國良"), person(session, "何靜怡")
    leader = person(session, "徐明輝")
    unit = session.get_one(Unit, unit_of(session, "Z05"))
    unit.leader_id = leader
    session.add(unit)
    by_clerk = catalogues.write(session, SUBSIDY, by=clerk, now=NOON)
    by_head = catalogues.write(session, POWERS[1], by=head, now=NOON + timedelta(minutes=1))
    assert by_clerk
    assert by_head
    assert catalogues.approvers(session, by_clerk, today=TODAY) == {head}
    assert catalogues.approvers(session, by_head, today=TODAY) == {leader}
    in_unit = Standing(frozenset({Role.UNIT_HEAD}), units=frozenset({unit.id}))
    leading = Standing(frozenset({Role.LEADER}), led=frozenset({unit.id}))
    assert catalogues.waiting_for(session, head, in_unit, today=TODAY) == [by_clerk]
    assert catalogues.waiting_for(session, leader, leading, today=TODAY) == [by_head]


# ---- what is missing


def test_an_empty_unit_lacks_powers_and_all_six_rules(session: Session) -> None:
    lacking = catalogues.missing(session, unit_of(session, "Z07"))
    assert list(lacking) == [
        Missing(Lack.POWERS),
        *(Missing(Lack.RULE, system) for system in RuleSystem),
    ]


def test_only_what_is_approved_counts(session: Session) -> None:
    written(session, SUBSIDY)
    lacking = catalogues.missing(session, unit_of(session, "Z05"))
    assert lacking[0] == Missing(Lack.POWERS)
    assert lacking[-1] == Missing(Lack.REVIEW, SUBSIDY.name)


def test_powers_without_process_processes_without_steps_and_rules_without_document(
    session: Session,
) -> None:
    bare = replace(PROCESSES[0], conditions="", steps=())
    approved(session, *POWERS[:2], bare, replace(RULES[0], text=""), RULES[1])
    lacking = set(catalogues.missing(session, unit_of(session, "Z05")))
    assert lacking == {
        Missing(Lack.PROCESS, "機關經費報銷審核"),
        Missing(Lack.STEPS, bare.name),
        Missing(Lack.CONDITIONS, bare.name),
        Missing(Lack.DOCUMENT, RuleSystem.POST_DUTY),
        *(
            Missing(Lack.RULE, one)
            for one in RuleSystem
            if one not in (RuleSystem.POST_DUTY, RuleSystem.TIME_LIMIT)
        ),
    }


def test_a_unit_that_has_everything_lacks_nothing(session: Session) -> None:
    rules = [
        RuleEntry("Z05", system, f"財政所{number}", text="第一條……")
        for number, system in enumerate(RuleSystem)
    ]
    approved(session, SUBSIDY, PROCESSES[0], *rules)
    assert list(catalogues.missing(session, unit_of(session, "Z05"))) == []


# ---- what is public


def test_only_what_is_in_force_and_public_is_published(session: Session) -> None:
    inside = replace(PROCESSES[0], code="Z05-L02", name="報銷流程", powers=("Z05-Q02",))
    approved(session, *POWERS[:2], PROCESSES[0], inside)
    written(session, replace(SUBSIDY, commitment="三天到卡"), POWERS[2], PROCESSES[1])
    public = [
        (kept.row.code, kept.row.version)
        for table in (Power, Process)
        for kept in catalogues.read(session, table, catalogues.published(table))
    ]
    assert public == [("Z05-Q01", 1), ("Z05-L01", 1)]


def test_a_new_version_of_a_rule_keeps_its_document(session: Session) -> None:
    file = RuleFile(name="制度.pdf", content=b"%PDF-1.7")
    session.add(file)
    session.flush()
    catalogues.write(session, RULES[0], by=None, now=NOON, file=file.id)
    catalogues.write(session, replace(RULES[0], number="清財〔2026〕1 號"), by=None, now=NOON)
    (newest,) = catalogues.read(session, Rule, catalogues.latest(Rule))
    assert newest.row.version == 2
    found = catalogues.file_of(session, newest.row)
    assert found
    assert found.content == b"%PDF-1.7"
