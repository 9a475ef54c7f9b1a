"""Whoever became kin or a colleague is let in no more, though they have the key."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.prompts import Attachment
from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.speech import Go, Phrase
from dialogs.vocabulary import CameBy, CaseMove, CaseState, Language, Role, Satisfaction
from scheduler import case_clocks
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import (
    Case,
    CaseBell,
    CasePaper,
    CaseReminder,
    Kinship,
    Outbox,
    Person,
    RoleHeld,
    Unit,
    WrappedKey,
)
from storage.vault import cases
from storage.vault import keys as handler_keys
from storage.vault.bundles import KeyOfCase
from tests.builders.conversation import Conversation
from tests.builders.house import SPOKEN
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint
from tests.builders.vault import LODGED, PASSPHRASE, entrust, handlers, lodge, unlocked

NAMES = ("經辦甲", "經辦乙", "經辦丙")


class Commission:
    """Three handlers and a letter about somebody in a unit, sealed to all of them."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database, self.keys = database, keys
        self.handlers = [one.id for one in handlers(database, keys, *NAMES)]
        with database.writing() as session:
            self.unit = a_unit(session, "Z1", "財政所").id
            self.accused = a_person(session, "被反映人", keys=keys).id
        about = replace(LODGED, person=self.accused, unit=self.unit)
        self.letter = lodge(database, keys, about)

    def acting(self, session: Session, place: int) -> Occasion:
        return unlocked(session, place, books=self.database, keyring=self.keys)

    def become_kin(self, session: Session, place: int) -> None:
        session.add(Kinship(person_id=self.handlers[place], relative_id=self.accused))
        session.flush()

    def become_colleague(self, session: Session, place: int) -> None:
        post = a_post(session, session.get_one(Unit, self.unit), f"Z1-{place}", "會計")
        appoint(session, session.get_one(Person, self.handlers[place]), post)

    def become_leader(self, session: Session, place: int) -> None:
        session.get_one(Unit, self.unit).leader_id = self.handlers[place]
        session.flush()

    @property
    def case(self) -> UUID:
        return self.letter.id


@pytest.fixture
def commission(database: Database, keys: Keyring) -> Commission:
    return Commission(database, keys)


def opens(commission: Commission, place: int) -> list[str]:
    """Open the letter in the chat; give what is said."""
    with commission.database.reading() as session:
        occasion = commission.acting(session, place)
    event = events.CaseOpened(commission.case)
    shown = prepare(event, occasion)
    with commission.database.writing() as session:
        outcome = record(event, session, occasion, shown)
    return [
        str(value)
        for reply in outcome.replies
        for phrase in reply.phrases
        if isinstance(phrase, Phrase)
        for value in phrase.values.values()
    ]


@pytest.mark.parametrize("change", ["become_kin", "become_colleague", "become_leader"])
def test_who_must_stand_aside_by_now_opens_reads_and_handles_nothing(
    commission: Commission, change: str
) -> None:
    assert LODGED.account in opens(commission, 0)
    with commission.database.writing() as session:
        getattr(commission, change)(session, 0)
    with pytest.raises(Refused, match="case_aside") as refused:
        opens(commission, 0)
    assert refused.value.is_denial, "it is noted"
    with commission.database.reading() as session:
        occasion = commission.acting(session, 0)
        step = events.CaseStepped(commission.case, CaseMove.ACCEPT, "已受理")
        sifted = events.CasesSifted((commission.case,), CaseMove.DECLINE, "不予受理")
        for event in (step, sifted):
            with pytest.raises(Refused, match="case_aside"):
                record(event, session, occasion, None)
        with pytest.raises(Refused, match="case_aside"):
            brief(session, Action.ANSWER_CASE, commission.case.hex, occasion=occasion)
        with pytest.raises(Refused, match="nothing_to_share"):
            record(events.KeysTaken(), session, occasion, None)
    assert LODGED.account in opens(commission, 1), "the others go on"


def test_a_letter_is_assigned_to_nobody_who_must_stand_aside(commission: Commission) -> None:
    with commission.database.writing() as session:
        commission.become_kin(session, 2)
        told = brief(
            session, Action.ANSWER_CASE, commission.case.hex, occasion=commission.acting(session, 0)
        )
    assert {one.name for one in told.handlers} == {*NAMES[:2]}


@pytest.mark.parametrize("change", ["become_kin", "become_colleague", "lack_the_key"])
def test_whoever_was_chosen_and_must_stand_aside_or_lacks_the_key_is_assigned_nothing(
    commission: Commission, change: str
) -> None:
    step = events.CaseStepped(commission.case, CaseMove.ASSIGN, "請接辦", commission.handlers[2])
    with commission.database.writing() as session:
        fourth = a_person(
            session, "經辦丁", keys=commission.keys, account=7009, roles=[Role.COMMISSION_MEMBER]
        )
        entrust(session, fourth, keyring=commission.keys)
        if change == "lack_the_key":
            step = replace(step, to=fourth.id)
        else:
            getattr(commission, change)(session, 2)
        with pytest.raises(Refused, match="case_assigned_aside"):
            record(step, session, commission.acting(session, 0), None)
        assert session.exec(select(Case)).one().assigned_to is None
        assert heard(session) == set()
        record(
            replace(step, to=commission.handlers[1]), session, commission.acting(session, 0), None
        )
        assert session.exec(select(Case)).one().assigned_to == commission.handlers[1]


def test_with_fewer_than_two_left_it_is_the_countys(commission: Commission) -> None:
    with commission.database.writing() as session:
        for place in (0, 1):
            commission.become_kin(session, place)
        occasion = commission.acting(session, 2)
        told = brief(session, Action.ANSWER_CASE, commission.case.hex, occasion=occasion)
        assert told.moves == [CaseMove.HAND_ON]
        step = events.CaseStepped(commission.case, CaseMove.ACCEPT, "已受理")
        with pytest.raises(Refused, match="case_goes_up"):
            record(step, session, occasion, None)
    receipt = events.ReceiptPresented(commission.letter.number, commission.letter.secret)
    stranger = Occasion(NOON, TODAY, 99, commission.keys, Language.ZH_HANT)
    opening = prepare(receipt, stranger)
    with commission.database.writing() as session:
        outcome = record(receipt, session, stranger, opening)
        said = [one.key for r in outcome.replies for one in r.phrases if isinstance(one, Phrase)]
        assert "receipt.goes_up" in said
        record(
            events.CaseStepped(commission.case, CaseMove.HAND_ON, "已轉縣紀委監委"),
            session,
            occasion,
            None,
        )
        assert session.exec(select(Case)).one().state.value == "handed_on"


def test_whoever_stands_aside_by_now_neither_sees_it_listed_nor_hears_of_it(
    commission: Commission,
) -> None:
    with commission.database.writing() as session:
        listed = brief(session, Action.CASES, "", occasion=commission.acting(session, 0))
        assert [one.case for one in listed.cases] == [commission.case]
        commission.become_kin(session, 0)
        listed = brief(session, Action.CASES, "", occasion=commission.acting(session, 0))
        assert listed.cases == []
        step = events.CaseStepped(
            commission.case, CaseMove.ASSIGN, "請接辦", to=commission.handlers[2]
        )
        record(step, session, commission.acting(session, 1), None)
        to = set(session.exec(select(Outbox.chat_hash)).all())
        assert to == {commission.keys.lookup(7002)}, "nor the one who took the step"
        session.execute(sa.delete(Outbox))
        day = NOON.replace(hour=9) + timedelta(days=21)  # both days are near
        case_clocks.remind(
            session, now=day, zone=ZoneInfo("UTC"), calendar=Calendar(), keys=commission.keys
        )
        to = set(session.exec(select(Outbox.chat_hash)).all())
        assert commission.keys.lookup(7000) not in to
        assert commission.keys.lookup(7002) in to


def test_nobody_spoils_a_colleagues_key_of_a_letter_from_which_they_must_stand_aside(
    commission: Commission,
) -> None:
    with commission.database.writing() as session:
        others = session.exec(
            select(WrappedKey).where(
                WrappedKey.key_id == handler_keys.own(session, commission.handlers[1]).id
            )
        ).all()
        for one in others:
            session.delete(one)
        commission.become_kin(session, 0)
        target = handler_keys.own(session, commission.handlers[1]).id
        garbage = [KeyOfCase(commission.case, b"", {target: b"spoilt"})]
        file = Attachment("document", "id", "back.qfkeys", 10)
        with pytest.raises(Refused, match="no_key_kept"):
            record(events.KeysBrought(file), session, commission.acting(session, 0), garbage)


def test_an_old_button_of_a_destroyed_letter_keeps_nobodys_chat(commission: Commission) -> None:
    with commission.database.writing() as session:
        occasion = Occasion(NOON, TODAY, 99, commission.keys, Language.ZH_HANT)
        until = NOON.replace(year=2100)
        visit = occasion.memory.admit(commission.case, chat=99, until=until)
        record(events.WriterStepped(visit, CaseMove.WITHDRAW), session, occasion, ())
        with pytest.raises(Refused, match="receipt_again"):
            brief(session, Action.FOLLOW_CASE, visit, occasion=occasion)
        for event in (
            events.BellHung(visit, wanted=True),
            events.WriterStepped(visit, CaseMove.RETALIATION, "還有話說"),
        ):
            with pytest.raises(Refused, match="receipt_again"):
                record(event, session, occasion, ())
        for table in (CaseBell, CasePaper, CaseReminder):
            assert session.exec(select(table)).all() == []


def adds(commission: Commission, move: CaseMove, text: str) -> list[str]:
    """Have the writer say more about the letter; give the keys of what they are told."""
    with commission.database.writing() as session:
        occasion = Occasion(
            NOON, TODAY, 99, commission.keys, Language.ZH_HANT, books=commission.database
        )
        until = NOON.replace(year=2100)
        visit = occasion.memory.admit(commission.case, chat=99, until=until)
        event = events.WriterStepped(visit, move, text)
    sealed = prepare(event, occasion)
    with commission.database.writing() as session:
        outcome = record(event, session, occasion, sealed)
    return [
        phrase.key
        for reply in outcome.replies
        for phrase in reply.phrases
        if isinstance(phrase, Phrase)
    ]


def heard(session: Session) -> set[str]:
    return set(session.exec(select(Outbox.chat_hash)).all())


@pytest.mark.parametrize("move", [CaseMove.RETALIATION, CaseMove.SUPPLEMENT, CaseMove.REOPEN])
def test_whom_a_later_text_names_neither_hears_of_it_nor_opens_the_letter_any_more(
    commission: Commission, move: CaseMove
) -> None:
    if move is CaseMove.REOPEN:
        with commission.database.writing() as session:
            for step in (CaseMove.ACCEPT, CaseMove.CONCLUDE):
                event = events.CaseStepped(commission.case, step, "已查")
                record(event, session, commission.acting(session, 0), None)
    assert LODGED.account in opens(commission, 0)
    said = adds(commission, move, "經 辦 甲威脅我，叫我撤回")
    assert said == [f"receipt.done_{move}", "receipt.named_aside"]
    with pytest.raises(Refused, match="case_not_yours"):
        opens(commission, 0)
    with commission.database.reading() as session:
        assert heard(session) == {commission.keys.lookup(7000 + place) for place in (1, 2)}
        assert session.exec(select(Case)).one().assigned_to is None
    assert "經 辦 甲威脅我，叫我撤回" in opens(commission, 1)


@pytest.mark.parametrize("text", ["经办甲威脅我", "經主任威脅我"])
def test_a_later_text_names_somebody_in_either_script_or_by_office_too(
    commission: Commission, text: str
) -> None:
    with commission.database.writing() as session:
        post = a_post(session, a_unit(session, "Z2", "信訪辦"), "Z2-1", "信訪辦主任")
        appoint(session, session.get_one(Person, commission.handlers[0]), post)
    assert "receipt.named_aside" in adds(commission, CaseMove.SUPPLEMENT, text)
    with pytest.raises(Refused, match="case_not_yours"):
        opens(commission, 0)


def test_who_leads_the_unit_is_never_sealed_a_letter_about_it(commission: Commission) -> None:
    with commission.database.writing() as session:
        commission.become_leader(session, 0)
    letter = lodge(commission.database, commission.keys, replace(LODGED, unit=commission.unit))
    with commission.database.reading() as session:
        held = cases.key_ids(session, letter.id)
        own = [handler_keys.own(session, one).id for one in commission.handlers]
    assert [one in held for one in own] == [False, True, True]


def test_what_is_added_may_be_spoken_and_is_read_as_such(commission: Commission) -> None:
    with commission.database.writing():
        occasion = Occasion(
            *(NOON, TODAY, 99, commission.keys, Language.ZH_HANT),
            books=commission.database,
            files=(SPOKEN,),
        )
        until = NOON.replace(year=2100)
        visit = occasion.memory.admit(commission.case, chat=99, until=until)
    voice = Attachment("AwACAg1", "", "voice", len(SPOKEN))
    event = events.WriterStepped(visit, CaseMove.SUPPLEMENT, "", files=(voice,))
    for _ in range(number("added_in_an_hour")):
        sealed = prepare(event, occasion)
    with pytest.raises(Refused, match="added_too_often"):
        prepare(event, occasion)
    with commission.database.writing() as session:
        record(event, session, occasion, sealed)
    assert any("complaint.spoken" in said for said in opens(commission, 0))
    shown = events.ReceiptPresented(commission.letter.number, commission.letter.secret)
    opening = prepare(shown, occasion)
    with commission.database.writing() as session:
        outcome = record(shown, session, occasion, opening)
    said = [
        plain_words(one, Language.ZH_HANT) for reply in outcome.replies for one in reply.phrases
    ]
    assert any("（見語音）" in one for one in said)


def test_of_a_letter_that_is_over_nobody_asks_to_be_told(commission: Commission) -> None:
    with commission.database.writing() as session:
        end = events.CaseStepped(commission.case, CaseMove.DECLINE, "已轉告")
        record(end, session, commission.acting(session, 0), None)
        occasion = Occasion(NOON, TODAY, 99, commission.keys, Language.ZH_HANT)
        until = NOON.replace(year=2100)
        visit = occasion.memory.admit(commission.case, chat=99, until=until)
        told = brief(session, Action.FOLLOW_CASE, visit, occasion=occasion)
        with pytest.raises(Refused, match="case_not_there"):
            record(events.BellHung(visit, wanted=True), session, occasion, None)
        assert session.exec(select(CaseBell)).all() == []
    shown = Conversation(Action.FOLLOW_CASE, told).shown()
    assert "通知我" not in str(shown.rows)


@pytest.mark.parametrize("end", [CaseMove.DECLINE, CaseMove.HAND_ON])
def test_whoever_suffers_for_a_letter_that_was_over_has_it_taken_up_again(
    commission: Commission, end: CaseMove
) -> None:
    with commission.database.writing() as session:
        step = events.CaseStepped(commission.case, end, "已轉告")
        record(step, session, commission.acting(session, 0), None)
        assert cases.readable(session, handler_keys.own(session, commission.handlers[0]).id) == []
    adds(commission, CaseMove.RETALIATION, "低保被停了")
    with commission.database.reading() as session:
        (case,) = cases.readable(session, handler_keys.own(session, commission.handlers[0]).id)
        assert case.urgent
        assert case.state is CaseState.RECEIVED
        assert case.due_on > TODAY
    assert "低保被停了" in opens(commission, 0)


def test_the_kin_of_whom_a_later_text_names_stand_aside_too(commission: Commission) -> None:
    with commission.database.writing() as session:
        boss = a_person(session, "周所長", keys=commission.keys)
        appoint(session, boss, a_post(session, session.get_one(Unit, commission.unit), "Z1-9"))
        session.add(Kinship(person_id=boss.id, relative_id=commission.handlers[1]))
    adds(commission, CaseMove.RETALIATION, "周所長停了我的低保")
    with pytest.raises(Refused, match="case_not_yours"):
        opens(commission, 1)
    assert LODGED.account in opens(commission, 0)


def test_a_later_text_that_leaves_fewer_than_two_sends_the_letter_up_and_says_so(
    commission: Commission,
) -> None:
    said = adds(commission, CaseMove.SUPPLEMENT, "經辦甲和經辦乙都收了他的煙")
    assert said == ["receipt.done_supplement", "receipt.named_aside", "receipt.goes_up"]
    with commission.database.writing() as session:
        step = events.CaseStepped(commission.case, CaseMove.ACCEPT, "已受理")
        with pytest.raises(Refused, match="case_goes_up"):
            record(step, session, commission.acting(session, 2), None)


def test_a_later_text_that_names_nobody_changes_nothing(commission: Commission) -> None:
    assert adds(commission, CaseMove.SUPPLEMENT, "又搬了一車") == ["receipt.done_supplement"]
    for place in range(3):
        assert "又搬了一車" in opens(commission, place)


def test_kin_of_somebody_named_in_the_letter_are_not_given_its_key_later(
    commission: Commission,
) -> None:
    with commission.database.writing() as session:
        named = a_person(session, "另一人", keys=commission.keys).id
    letter = lodge(commission.database, commission.keys, replace(LODGED, recused=(named,)))
    with commission.database.writing() as session:
        session.add(Kinship(person_id=commission.handlers[0], relative_id=named))
        session.flush()
        with pytest.raises(Refused, match="case_aside"):
            brief(
                session, Action.ANSWER_CASE, letter.id.hex, occasion=commission.acting(session, 0)
            )


@pytest.mark.parametrize("post", ["", "出納"])
def test_whom_the_writer_chose_is_told_to_handlers_and_sealed(
    commission: Commission, post: str
) -> None:
    with commission.database.writing() as session:
        accused = session.get_one(Person, commission.accused)
        if post:
            unit = session.get_one(Unit, commission.unit)
            appoint(session, accused, a_post(session, unit, "Z1-1", post))
        occasion = commission.acting(session, 0)
    lodged = replace(LODGED, person=commission.accused, unit=commission.unit)
    commission.letter = prepare(lodged, occasion)
    with commission.database.writing() as session:
        record(lodged, session, occasion, commission.letter)
        kept = [one.sealed for one in session.exec(select(CasePaper))]
    assert ("被反映人｜出納" if post else "被反映人") in opens(commission, 1)
    assert not [one for one in kept if "被反映人".encode() in one]


def concluded(commission: Commission) -> None:
    """Conclude the letter, tell its writer, and have them say what they think of it."""
    with commission.database.writing() as session:
        for step in (CaseMove.ACCEPT, CaseMove.CONCLUDE, CaseMove.TELL):
            event = events.CaseStepped(commission.case, step, "已查")
            record(event, session, commission.acting(session, 0), None)
        session.exec(select(Case)).one().satisfaction = Satisfaction.NOT


def test_a_closed_letter_is_listed_and_opened_with_what_its_writer_thought_of_it(
    commission: Commission,
) -> None:
    concluded(commission)
    with commission.database.reading() as session:
        told = brief(session, Action.CASES, "", occasion=commission.acting(session, 1))
    assert [one.case for one in told.cases] == []
    assert [(one.case, one.rating) for one in told.over] == [(commission.case, Satisfaction.NOT)]
    assert "來信人評價：不滿意" in head(commission, 1)


def test_whoever_must_stand_aside_by_now_sees_it_nowhere_once_it_is_closed(
    commission: Commission,
) -> None:
    concluded(commission)
    with commission.database.writing() as session:
        commission.become_kin(session, 2)
        told = brief(session, Action.CASES, "", occasion=commission.acting(session, 2))
    assert told.over == []


def head(commission: Commission, place: int) -> str:
    """Open the letter in the chat; give what stands at its head."""
    with commission.database.writing() as session:
        event = events.CaseOpened(commission.case)
        occasion = commission.acting(session, place)
        outcome = record(event, session, occasion, prepare(event, occasion))
    return plain_words(outcome.replies[0].phrases[0], Language.ZH_HANT)


def test_beside_each_limit_of_an_open_letter_stands_what_it_rests_on(
    commission: Commission,
) -> None:
    assert "告知是否受理（紀檢監察機關處理檢舉控告工作規則）" in head(commission, 0)
    with commission.database.writing() as session:
        event = events.CaseStepped(commission.case, CaseMove.ACCEPT, "已受理")
        record(event, session, commission.acting(session, 0), None)
    shown = head(commission, 0)
    assert "辦結（信訪工作條例§34）" in shown
    assert "退回不歸自己辦的（信訪工作條例§23）" in shown
    with commission.database.writing() as session:
        event = events.CaseStepped(commission.case, CaseMove.CONCLUDE, "已查")
        record(event, session, commission.acting(session, 0), None)
    concluded_head = head(commission, 0)
    assert "辦結（" not in concluded_head
    assert "告知辦理結果（紀檢監察機關處理檢舉控告工作規則）" in concluded_head


def said_of_contact(commission: Commission, place: int) -> list[str]:
    """Ask how the writer can be reached; give what is shown."""
    event = events.ContactAsked(commission.case)
    with commission.database.reading() as session:
        occasion = commission.acting(session, place)
    shown = prepare(event, occasion)
    with commission.database.writing() as session:
        outcome = record(event, session, occasion, shown)
    assert outcome.about == commission.letter.number, "and so it is in the audit log"
    *papers, closing = outcome.replies
    assert all(one.lasts for one in outcome.replies)
    assert all(one.protected for one in papers)
    assert closing.buttons[0][0].does == Go(Action.ANSWER_CASE, commission.case.hex)
    return [
        plain_words(phrase, Language.ZH_HANT) for one in outcome.replies for phrase in one.phrases
    ]


def test_how_the_writer_can_be_reached_is_shown_on_a_second_request_alone(
    commission: Commission,
) -> None:
    assert LODGED.contact is not None
    assert not [said for said in opens(commission, 0) if LODGED.contact in said]
    assert [said for said in said_of_contact(commission, 0) if LODGED.contact in said]
    with commission.database.writing() as session:
        commission.become_kin(session, 0)
    with pytest.raises(Refused, match="case_aside"):
        said_of_contact(commission, 0)


@pytest.mark.parametrize("contact", ["找老王轉交", None])
def test_the_way_to_the_contact_is_offered_where_one_was_left(
    commission: Commission, contact: str | None
) -> None:
    letter = lodge(commission.database, commission.keys, replace(LODGED, contact=contact))
    with commission.database.writing() as session:
        event = events.CaseOpened(letter.id)
        occasion = commission.acting(session, 0)
        outcome = record(event, session, occasion, prepare(event, occasion))
    offered = [one.does for row in outcome.replies[-1].buttons for one in row]
    assert (Go(Action.CASE_CONTACT, letter.id.hex) in offered) is bool(contact)


def test_how_somebody_came_for_whom_a_clerk_wrote_stands_at_the_head_and_sealed(
    commission: Commission,
) -> None:
    brought = replace(LODGED, assisted=True, came_by=CameBy.PHONE)
    commission.letter = lodge(commission.database, commission.keys, brought)
    assert "代錄：來電" in head(commission, 0)
    with commission.database.reading() as session:
        kept = [one.sealed for one in session.exec(select(CasePaper))]
    assert not [one for one in kept if CameBy.PHONE.value.encode() in one]


def may_extend(commission: Commission, place: int) -> bool:
    with commission.database.reading() as session:
        occasion = commission.acting(session, place)
        told = brief(session, Action.ANSWER_CASE, commission.case.hex, occasion=occasion)
    return CaseMove.EXTEND in told.moves


def test_the_secretary_decides_on_more_time_unless_they_must_stand_aside(
    commission: Commission,
) -> None:
    with commission.database.writing() as session:
        secretary = commission.handlers[2]
        session.add(RoleHeld(person_id=secretary, role=Role.COMMISSION_SECRETARY))
        for step in (CaseMove.ACCEPT, CaseMove.ASK_EXTENSION):
            event = events.CaseStepped(commission.case, step, "要等雨停")
            record(event, session, commission.acting(session, 0), None)
    assert [may_extend(commission, place) for place in range(3)] == [False, False, True]
    with commission.database.writing() as session:
        event = events.CaseStepped(commission.case, CaseMove.EXTEND, "順延")
        with pytest.raises(Refused, match="case_not_there"):
            record(event, session, commission.acting(session, 1), None)
        commission.become_kin(session, 2)
    assert may_extend(commission, 1)


def says(outcome: Outcome) -> dict[str, dict[str, object]]:
    """Give the keys of what is said, with their values."""
    return {
        phrase.key: dict(phrase.values)
        for reply in outcome.replies
        for phrase in reply.phrases
        if isinstance(phrase, Phrase)
    }


@pytest.mark.parametrize("change", ["become_kin", "become_colleague"])
@pytest.mark.parametrize("offline", [False, True])
def test_a_new_key_takes_over_nothing_from_which_its_holder_must_stand_aside_by_now(
    commission: Commission, change: str, *, offline: bool
) -> None:
    other = lodge(commission.database, commission.keys)
    with commission.database.writing() as session:
        getattr(commission, change)(session, 0)
        occasion = commission.acting(session, 0)
        made = handler_keys.made(PASSPHRASE, keys=commission.keys)
        event = events.KeyGiven(made.public.hex()) if offline else events.KeyMade(PASSPHRASE)
        said = says(record(event, session, occasion, None if offline else made))
        assert said[f"vault.key_set_{'offline' if offline else 'in_chat'}"]["cases"] == 1
        assert said["vault.key_not_given"] == {"cases": 1}
        assert cases.sealed_to(session, made.id) == [session.get_one(Case, other.id)]
    assert LODGED.account in opens(commission, 1), "the others go on"
