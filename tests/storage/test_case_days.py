"""The day by which a case is to be concluded: no hand-back moves it, and reopening begins anew."""

from datetime import timedelta

from dialogs.events import CaseStepped, WriterStepped
from dialogs.rules import case_clocks
from dialogs.rules.calendar import Calendar
from dialogs.rules.deadlines import handling_due
from dialogs.vocabulary import CaseClock, CaseMove, CaseState, Language
from storage.database import Database
from storage.memory import Memory
from storage.occasion import Occasion
from storage.people import recognise
from storage.recorder import record
from storage.recorder.cases import move_on
from storage.sealing import Keyring
from storage.tables import Case
from storage.vault import cases
from tests.builders.people import NOON, TODAY
from tests.builders.vault import handlers, lodge

LATER = timedelta(days=59)


def test_a_hand_back_gains_no_days(database: Database, keys: Keyring) -> None:
    handlers(database, keys, "甲", "乙")
    letter = lodge(database, keys)
    with database.writing() as session:
        hashed = keys.lookup(7000)
        known = recognise(session, [hashed], today=TODAY)[hashed]
        case = session.get_one(Case, letter.id)
        for day, move in (
            (TODAY, CaseMove.ACCEPT),
            (TODAY + timedelta(days=1), CaseMove.HAND_BACK),
            (TODAY + LATER, CaseMove.ACCEPT),
        ):
            occasion = Occasion(NOON, day, 7000, keys, Language.ZH_HANT, known=known)
            move_on(case, CaseStepped(case.id, move, ""), occasion)
        assert case.accepted_on == TODAY
        assert case.due_on == handling_due(TODAY)


def test_what_was_handed_back_owes_its_end_and_no_acceptance() -> None:
    due = handling_due(TODAY)
    (clock,) = case_clocks.running(
        CaseState.RECEIVED,
        due=due,
        extended=False,
        given_on=None,
        calendar=Calendar(),
        accepted=True,
    )
    assert clock == case_clocks.Clock(CaseClock.HANDLING, due)


def test_reopening_begins_with_the_normal_limit_and_no_request_for_more(
    database: Database, keys: Keyring
) -> None:
    first, _ = handlers(database, keys, "甲", "乙")
    letter, memory = lodge(database, keys), Memory()
    visit = memory.admit(letter.id, chat=9001, until=NOON + timedelta(hours=1))
    occasion = Occasion(NOON, TODAY, 9001, keys, Language.ZH_HANT, memory=memory)
    with database.writing() as session:
        case = session.get_one(Case, letter.id)
        cases.note(session, case, CaseMove.ASK_EXTENSION, person=first.id, today=TODAY)
        case.state, case.extended, case.accepted_on = CaseState.CONCLUDED, True, TODAY - LATER
        record(WriterStepped(visit, CaseMove.REOPEN, "不服"), session, occasion, [])
        assert (case.extended, case.accepted_on) == (False, None)
        stands = cases.stands(session, case, today=TODAY, calendar=Calendar())
        assert stands.asker is None
