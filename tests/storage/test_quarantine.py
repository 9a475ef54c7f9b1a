"""Letters that are set aside: filed like any other, told to nobody one by one, decided together."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.events import CasesSifted, ComplaintLodged, ReceiptPresented
from dialogs.rules.access import Action
from dialogs.speech import Phrase
from dialogs.vocabulary import CaseMove, CaseState, Language, PaperKind, Verdict
from storage.briefing import brief
from storage.database import Database
from storage.memory import Memory
from storage.occasion import Occasion
from storage.people import recognise
from storage.recorder import prepare, record
from storage.recorder.outcome import Outcome
from storage.sealing import Keyring
from storage.tables import Case, CasePaper, CaseStep, Kinship, Outbox
from storage.vault.cases import Prepared
from tests.builders.people import NOON, TODAY, a_person
from tests.builders.vault import LODGED, handlers

LETTER = replace(LODGED, contact=None)
ODD = replace(LETTER, account="哈哈哈哈哈哈")


def villager(database: Database, keys: Keyring, memory: Memory, chat: int) -> Occasion:
    return Occasion(NOON, TODAY, chat, keys, Language.ZH_HANT, books=database, memory=memory)


def handler(session: Session, keys: Keyring, memory: Memory, account: int = 7000) -> Occasion:
    hashed = keys.lookup(account)
    known = recognise(session, [hashed], today=TODAY)[hashed]
    return Occasion(NOON, TODAY, account, keys, Language.ZH_HANT, known=known, memory=memory)


def lodge(
    database: Database, keys: Keyring, memory: Memory, *letters: ComplaintLodged
) -> list[Prepared]:
    """Bring letters, each from an account of its own."""
    lodged = []
    for letter in letters:
        occasion = villager(database, keys, memory, 10_000 + len(memory.tries))
        prepared = prepare(letter, occasion)
        with database.writing() as session:
            record(letter, session, occasion, prepared)
        lodged.append(prepared)
    return lodged


def states(database: Database) -> list[CaseState]:
    with database.reading() as session:
        return sorted(session.exec(select(Case.state)).all())


def test_what_is_set_aside_is_filed_and_nobody_is_called_for_it(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    lodge(database, keys, Memory(), ODD)
    assert states(database) == [CaseState.QUARANTINED]
    with database.reading() as session:
        assert session.exec(select(Outbox)).all() == []


def test_the_same_text_is_known_again_however_it_is_spaced(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    memory = Memory()
    spaced = replace(LETTER, account=" 夜半，搬糧！")
    lodge(database, keys, memory, LETTER, spaced, replace(LETTER, contact="王大娘"))
    assert states(database).count(CaseState.QUARANTINED) == 1
    assert LETTER.account not in repr(vars(memory))


def test_a_flood_about_one_unit_is_set_aside_and_what_was_set_aside_feeds_no_flood(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    memory, most = Memory(), number("flood_letters")
    occasion = villager(database, keys, memory, 1)
    for _ in range(2 * most):
        prepare(replace(ODD), replace(occasion, chat=len(memory.tries) + 50))
    assert not prepare(LETTER, replace(occasion, chat=2)).set_aside, "junk silences no village"
    for place in range(most):
        letter = replace(LETTER, account=f"第{place}位村民反映的不同事情")
        prepare(letter, replace(occasion, chat=1_000 + place))
    late = replace(LETTER, account="洪水之後的一封來信")
    assert prepare(late, replace(occasion, chat=3)).set_aside
    assert not prepare(replace(late, contact="王大娘"), replace(occasion, chat=4)).set_aside


def sift(
    session: Session, keys: Keyring, cases: list[Case], move: CaseMove, *, account: int = 7000
) -> Outcome:
    occasion = handler(session, keys, Memory(), account)
    event = CasesSifted(tuple(case.id for case in cases), move, "內容與已辦結的來信相同。")
    return record(event, session, occasion, None)


def test_handlers_see_them_in_one_line_and_take_them_on_or_decline_them_together(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    memory = Memory()
    letters = [replace(ODD, account=sign * 8) for sign in "甲乙丙丁"]
    lodged = lodge(database, keys, memory, *letters)
    with database.writing() as session:
        occasion = handler(session, keys, memory)
        memory.unlock(occasion.person, object(), until=NOON.replace(year=2100))  # type: ignore[arg-type]
        told = brief(session, Action.CASES, "", occasion=occasion)
        assert (len(told.cases), len(told.set_aside)) == (0, 4)
        cases = list(session.exec(select(Case).order_by(col(Case.number))).all())
        outcome = sift(session, keys, cases[:3], CaseMove.DECLINE)
        assert outcome.verdict is Verdict.DONE
        assert outcome.about.split() == [f"decline:{case.number}" for case in cases[:3]]
        sift(session, keys, cases, CaseMove.RELEASE)
        assert [case.state for case in cases] == [CaseState.DECLINED] * 3 + [CaseState.RECEIVED]
        with pytest.raises(Refused, match="sifted_meanwhile"):
            sift(session, keys, cases, CaseMove.DECLINE)
        steps = session.exec(select(CaseStep).where(CaseStep.move == CaseMove.DECLINE)).all()
        assert {step.person_id for step in steps} == {occasion.person}
        answers = session.exec(select(CasePaper).where(CasePaper.kind == PaperKind.ANSWER)).all()
        assert len(answers) == 3
    declined = next(one for one in lodged if one.number == cases[0].number)
    assert "receipt.said_answer" in keys_said(database, keys, declined)


def test_the_receipt_works_as_always_and_says_that_it_will_be_looked_at(
    database: Database, keys: Keyring
) -> None:
    handlers(database, keys, "經辦甲", "經辦乙")
    (odd,) = lodge(database, keys, Memory(), ODD)
    assert "receipt.looked_at_first" in keys_said(database, keys, odd)


def test_whoever_has_no_key_of_a_letter_sifts_nothing(database: Database, keys: Keyring) -> None:
    *_, third = handlers(database, keys, "經辦甲", "經辦乙", "經辦丙")
    lodge(database, keys, Memory(), replace(ODD, recused=(third.id,)))
    with database.writing() as session:
        cases = list(session.exec(select(Case)).all())
        with pytest.raises(Refused, match="case_not_yours"):
            sift(session, keys, cases, CaseMove.DECLINE, account=7002)
        assert cases[0].state is CaseState.QUARANTINED


def keys_said(database: Database, keys: Keyring, lodged: Prepared) -> list[str]:
    """Show a receipt; give the keys of what is said."""
    occasion = villager(database, keys, Memory(), 99)
    event = ReceiptPresented(lodged.number, lodged.secret)
    opening = prepare(event, occasion)
    with database.writing() as session:
        outcome = record(event, session, occasion, opening)
    phrases = [phrase for reply in outcome.replies for phrase in reply.phrases]
    return [phrase.key for phrase in phrases if isinstance(phrase, Phrase)]


def test_what_is_set_aside_and_has_fewer_than_two_left_can_only_be_handed_on(
    database: Database, keys: Keyring
) -> None:
    _, second = handlers(database, keys, "經辦甲", "經辦乙")
    with database.writing() as session:
        accused = a_person(session, "被反映人", keys=keys).id
    letters = [replace(ODD, account=sign * 8) for sign in "甲乙"]
    upward, usual = lodge(database, keys, Memory(), replace(letters[0], person=accused), letters[1])
    with database.writing() as session:
        session.add(Kinship(person_id=second.id, relative_id=accused))
        session.flush()
        up, rest = (session.get_one(Case, one.id) for one in (upward, usual))
        told = brief(
            session, Action.ANSWER_CASE, up.id.hex, occasion=handler(session, keys, Memory())
        )
        assert told.moves == [CaseMove.HAND_ON]
        for move in (CaseMove.RELEASE, CaseMove.DECLINE):
            with pytest.raises(Refused, match="case_goes_up"):
                sift(session, keys, [up], move)
        (says,) = sift(session, keys, [up, rest], CaseMove.RELEASE).replies
        assert [one.key for one in says.phrases if isinstance(one, Phrase)] == [
            "case.sifted",
            "case.sifted_goes_up",
        ]
        assert (up.state, rest.state) == (CaseState.QUARANTINED, CaseState.RECEIVED)
        sift(session, keys, [up], CaseMove.HAND_ON)
        assert up.state is CaseState.HANDED_ON
    assert "receipt.said_answer" in keys_said(database, keys, upward)
