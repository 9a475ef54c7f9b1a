"""Whoever reported under their name is told the result within its days, and that is recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from dialogs import events, facts
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.access import Action
from dialogs.rules.calendar import Calendar
from dialogs.rules.deadlines import result_due
from dialogs.vocabulary import CaseKind, CaseMove, CaseState, Language, PaperKind, ToldBy
from scheduler import case_clocks
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import Case, CasePaper, CaseStep, Outbox
from storage.vault.cases import Prepared
from tests.builders.people import TODAY
from tests.builders.vault import LODGED, handlers, lodge, unlocked

ZONE = ZoneInfo("UTC")
NAMED = replace(LODGED, account="收了五百元才蓋章")
DUE = result_due(TODAY, calendar=Calendar())
IN_A_WEEK = TODAY + timedelta(days=7)


class Office:
    """Two handlers, and what each does with a letter on a day."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database, self.keys = database, keys
        handlers(database, keys, "經辦甲", "經辦乙")

    def acting(self, session: Session, place: int = 0, *, on: date = TODAY) -> Occasion:
        at = datetime.combine(on, time(12), UTC)
        return unlocked(session, place, books=self.database, keyring=self.keys, now=at, today=on)

    def take(self, letter: Prepared, move: CaseMove, *, on: date = TODAY) -> None:
        with self.database.writing() as session:
            event = events.CaseStepped(letter.id, move, "已核實並處理")
            record(event, session, self.acting(session, on=on), None)

    def concludes(self, letter: Prepared, *, on: date = TODAY) -> None:
        self.take(letter, CaseMove.ACCEPT, on=on)
        self.take(letter, CaseMove.CONCLUDE, on=on)

    def tells(self, letter: Prepared, *, on: date, at: date = IN_A_WEEK, text: str = "") -> None:
        with self.database.writing() as session:
            event = events.CaseStepped(
                letter.id, CaseMove.TELL, text, told_by=ToldBy.PHONE, told_on=on
            )
            record(event, session, self.acting(session, on=at), None)

    def at_hand(self, letter: Prepared) -> facts.CaseAtHand:
        with self.database.reading() as session:
            occasion = self.acting(session, on=IN_A_WEEK)
            told = brief(session, Action.ANSWER_CASE, letter.id.hex, occasion=occasion)
        assert isinstance(told, facts.CaseAtHand)
        return told

    def listed(self) -> facts.CasesAtHand:
        with self.database.reading() as session:
            told = brief(session, Action.CASES, "", occasion=self.acting(session))
        assert isinstance(told, facts.CasesAtHand)
        return told

    def opens(self, letter: Prepared) -> str:
        with self.database.writing() as session:
            event = events.CaseOpened(letter.id)
            occasion = self.acting(session)
            return said(record(event, session, occasion, prepare(event, occasion)))

    def reads_by_receipt(self, letter: Prepared, *, on: date = IN_A_WEEK) -> str:
        event = events.ReceiptPresented(letter.number, letter.secret)
        with self.database.writing() as session:
            at = datetime.combine(on, time(12), UTC)
            occasion = Occasion(at, on, 9001, self.keys, Language.ZH_HANT, books=self.database)
            return said(record(event, session, occasion, prepare(event, occasion)))

    def reminded(self, on: date) -> int:
        """Run the sweep; give how many handlers hear."""
        now = datetime.combine(on, time(9), UTC)
        with self.database.writing() as session:
            before = len(session.exec(select(Outbox)).all())
            case_clocks.remind(session, now=now, zone=ZONE, calendar=Calendar(), keys=self.keys)
            return len(session.exec(select(Outbox)).all()) - before

    def steps(self, letter: Prepared) -> Sequence[CaseStep]:
        with self.database.reading() as session:
            return session.exec(
                select(CaseStep).where(
                    CaseStep.case_id == letter.id, CaseStep.move == CaseMove.TELL
                )
            ).all()


def said(outcome: Outcome) -> str:
    phrases = [phrase for reply in outcome.replies for phrase in reply.phrases]
    return "\n".join(plain_words(phrase, Language.ZH_HANT) for phrase in phrases)


@pytest.fixture
def office(database: Database, keys: Keyring) -> Office:
    return Office(database, keys)


@pytest.fixture
def letter(office: Office) -> Prepared:
    return lodge(office.database, office.keys, NAMED)


def test_once_concluded_the_day_of_the_result_runs_and_the_step_is_offered(
    office: Office, letter: Prepared
) -> None:
    office.take(letter, CaseMove.ACCEPT)
    assert CaseMove.TELL not in office.at_hand(letter).moves
    office.take(letter, CaseMove.CONCLUDE)
    told = office.at_hand(letter)
    assert told.moves == [CaseMove.TELL]
    assert (told.concluded, told.today) == (TODAY, IN_A_WEEK)
    head = office.opens(letter)
    assert f"期限：{plain_words(DUE, Language.ZH_HANT)}　告知辦理結果" in head
    assert "紀檢監察機關處理檢舉控告工作規則" in head
    listed = office.listed()
    assert [(one.number, one.due) for one in listed.cases] == [(letter.number, DUE)]
    assert not listed.over


def test_a_handler_notes_how_and_when_it_was_told_and_the_day_runs_no_more(
    office: Office, letter: Prepared
) -> None:
    office.concludes(letter)
    on = TODAY + timedelta(days=2)
    office.tells(letter, on=on, text="對方仍認為應當退款，已說明")
    (step,) = office.steps(letter)
    assert (step.taken_on, step.leads) == (on, CaseState.CONCLUDED)
    assert step.person_id is not None
    shown = office.opens(letter)
    assert f"已告知結果：{plain_words(on, Language.ZH_HANT)}" in shown
    assert "告知結果的方式　電話" in shown
    assert "對方仍認為應當退款" in shown
    assert "期限：" not in shown
    assert [one.number for one in office.listed().over] == [letter.number]
    assert office.at_hand(letter).moves == []
    with pytest.raises(Refused, match="case_not_there"):
        office.tells(letter, on=on)


def test_how_it_was_told_and_what_was_said_to_it_are_sealed_and_the_writer_reads_neither(
    office: Office, letter: Prepared
) -> None:
    office.concludes(letter)
    office.tells(letter, on=TODAY, text="對方仍認為應當退款")
    with office.database.reading() as session:
        papers = session.exec(select(CasePaper).where(CasePaper.case_id == letter.id)).all()
    assert PaperKind.TOLD_BY in {one.kind for one in papers}
    assert not [one for one in papers if b"phone" in one.sealed or "退款".encode() in one.sealed]
    read = office.reads_by_receipt(letter)
    assert "退款" not in read
    assert "電話" not in read


def test_whoever_reads_the_result_by_receipt_has_been_told(
    office: Office, letter: Prepared
) -> None:
    assert "記下" not in office.reads_by_receipt(letter, on=TODAY)
    office.concludes(letter)
    assert "您今天看到了辦理結果" in office.reads_by_receipt(letter)
    assert "您今天看到了辦理結果" not in office.reads_by_receipt(letter), "noted once"
    (step,) = office.steps(letter)
    assert (step.taken_on, step.person_id) == (IN_A_WEEK, None)
    assert "來信人憑回執看過" in office.opens(letter)
    assert not office.listed().cases


@pytest.mark.parametrize(
    "lodged", [replace(NAMED, contact=None), replace(NAMED, kind=CaseKind.SERVICE)]
)
def test_of_any_other_letter_nothing_of_it_is_there(
    office: Office, lodged: events.ComplaintLodged
) -> None:
    letter = lodge(office.database, office.keys, lodged)
    office.concludes(letter)
    assert office.at_hand(letter).moves == []
    assert [one.number for one in office.listed().over] == [letter.number]
    office.reads_by_receipt(letter)
    assert not office.steps(letter)
    assert not office.reminded(DUE)
    assert "期限：" not in office.opens(letter)
    with pytest.raises(Refused, match="case_not_there"):
        office.tells(letter, on=TODAY)


def test_handlers_are_reminded_of_the_day_until_the_writer_was_told(
    office: Office, letter: Prepared
) -> None:
    office.concludes(letter)
    assert office.reminded(TODAY) == 0
    assert office.reminded(DUE) == 1, "whoever has the case"
    office.tells(letter, on=DUE, at=DUE)
    assert office.reminded(DUE + timedelta(days=1)) == 0


def test_a_result_that_is_late_is_everybodys(office: Office, letter: Prepared) -> None:
    office.concludes(letter)
    assert office.reminded(DUE + timedelta(days=1)) == 2


def test_a_letter_taken_up_again_owes_its_new_result(office: Office, letter: Prepared) -> None:
    office.concludes(letter)
    office.reads_by_receipt(letter)
    with office.database.writing() as session:
        case = session.get_one(Case, letter.id)
        case.state, case.accepted_on = CaseState.RECEIVED, None
    office.concludes(letter, on=IN_A_WEEK)
    assert office.at_hand(letter).moves == [CaseMove.TELL]
    assert [one.due for one in office.listed().cases] == [
        result_due(IN_A_WEEK, calendar=Calendar())
    ]
