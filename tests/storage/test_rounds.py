"""The stages of a round: a line a unit, and what a unit lacks where that is asked for."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.facts import RoundToOpen
from dialogs.messages import render
from dialogs.rules.access import Action, Standing
from dialogs.speech import Reply
from dialogs.vocabulary import Aspect, FindingMethod, Language, Role, Shortfall, Stage
from storage import findings, rounds
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import Mobilisation, Person, Post, Round, RoundStage, Unit
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint


def under_way(session: Session, keys: Keyring) -> tuple[Sequence[Unit], UUID]:
    """A round two days after its first day; one of three units has had its meeting."""
    units = [
        a_unit(session, f"Z{n}", name) for n, name in enumerate(("財政所", "民政辦", "農業站"))
    ]
    officer = a_person(session, "鄧委員", keys=keys, roles=[Role.COMMISSION_MEMBER])
    holder = a_person(session, "許春燕", keys=keys)
    for unit in units:
        for number in range(10):
            appoint(session, holder, a_post(session, unit, f"{unit.code}-{number}"))
    current = Round(name="2026年度排查", opened_by=officer.id, opened_on=TODAY)
    session.add(current)
    session.flush()
    session.add_all(
        RoundStage(round_id=current.id, stage=stage, due_on=TODAY + timedelta(days=7 * week - 2))
        for week, stage in enumerate(Stage)
    )
    session.add(
        Mobilisation(
            round_id=current.id,
            unit_id=units[0].id,
            held_on=TODAY,
            attended=9,
            note="學習方案",
            reported_by=officer.id,
        )
    )
    session.flush()
    return units, officer.id


def ask(
    session: Session, keys: Keyring, person: UUID, *, standing: Standing, unit: UUID | None = None
) -> Sequence[Reply]:
    known = Known(person, "鄧委員", standing)
    occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known)
    return record(events.StagesAsked(unit), session, occasion, None).replies


COMMISSION = Standing(frozenset({Role.COMMISSION_MEMBER}))


def test_a_unit_is_a_line_and_a_button_leads_to_what_it_lacks(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        units, officer = under_way(session, keys)
        (page,) = ask(session, keys, officer, standing=COMMISSION)
        (one,) = ask(session, keys, officer, standing=COMMISSION, unit=units[0].id)
    shown = render(page, Language.ZH_HANT)
    assert "⏰ 宣傳發動：2026年2月28日前（已過）\n深入查找：2026年3月7日前" in shown.text
    assert "<b>宣傳發動</b>（2 個單位）\n・民政辦：還缺 1 項\n・農業站：還缺 1 項" in shown.text
    assert "<b>深入查找</b>（1 個單位）\n・財政所：還缺 10 項" in shown.text
    assert [label for row in shown.rows for label, _ in row] == [
        "🧩 民政辦",
        "🧩 農業站",
        "🧩 財政所",
    ]
    lacking = render(one, Language.ZH_HANT).text
    assert lacking.count("還沒有自查") == 10, "all of it, on demand"
    assert "民政辦" not in lacking


def test_the_next_round_closes_the_one_before_once_that_is_confirmed(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        _, officer = under_way(session, keys)
        known = Known(officer, "鄧委員", COMMISSION)
        occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known)
        told: RoundToOpen = brief(session, Action.OPEN_ROUND, "", occasion=occasion)
        assert (told.name, told.behind) == ("2026年度排查", 3)
        due = tuple((stage, TODAY + timedelta(days=90)) for stage in Stage)
        with pytest.raises(Refused, match="round_changed"):
            record(events.RoundOpened("2027年度排查", due), session, occasion, None)
        opened = events.RoundOpened("2027年度排查", due, told.current)
        record(opened, session, occasion, None)
        with pytest.raises(Refused, match="round_changed"):
            record(opened, session, occasion, None)
        current = rounds.open_round(session)
        assert current
        assert current.name == "2027年度排查"
        rows = session.exec(select(Round.name, Round.closed_on).order_by(Round.name)).all()
        assert rows == [("2026年度排查", TODAY), ("2027年度排查", None)]


def test_what_was_found_on_a_vacant_post_keeps_no_stage_closed(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        units, _ = under_way(session, keys)
        posts = session.exec(select(Post).where(Post.unit_id == units[0].id)).all()
        vacant = a_post(session, units[0], "Z0-99", "出納")
        for post in (posts[0], vacant):
            findings.point_out(
                session,
                events.PointedOut(
                    *(post.id, FindingMethod.PUBLIC, Aspect.DUTY, "票據外流", "空白票據無人登記")
                ),
                found_by=None,
                today=TODAY,
            )
        current = rounds.open_round(session)
        assert current
        lacking = rounds.missing(session, current, Stage.SEARCH, units[0], today=TODAY)
        found = [one for one in lacking if one.what is Shortfall.FINDING]
        assert [one.post for one in found] == [posts[0].title]
        holder = session.exec(select(Person).where(Person.name == "許春燕")).one()
        appoint(session, holder, vacant)
        lacking = rounds.missing(session, current, Stage.SEARCH, units[0], today=TODAY)
        assert sum(one.what is Shortfall.FINDING for one in lacking) == 2


def test_nobody_is_told_what_a_unit_out_of_reach_lacks(database: Database, keys: Keyring) -> None:
    with database.writing() as session:
        units, officer = under_way(session, keys)
        head = Standing(frozenset({Role.UNIT_HEAD}), frozenset({units[1].id}))
        (own,) = ask(session, keys, officer, standing=head)
        with pytest.raises(Refused, match="not_your_unit"):
            ask(session, keys, officer, standing=head, unit=units[0].id)
    assert "民政辦</b>：宣傳發動，還缺" in render(own, Language.ZH_HANT).text
