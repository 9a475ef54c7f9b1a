"""What leaves an entry in the audit log: every action, by doing it where one press suffices."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from nacl.public import PrivateKey
from sqlmodel import Session, col, select

from bot.channels.telegram import chat_of, decode
from bot.desk import Desk
from dialogs.events import AspectChecked
from dialogs.prompts import reference
from dialogs.rules.access import (
    COMMISSION,
    EXPORTS,
    MAY,
    SHOWS_AT_ONCE,
    UNNOTED,
    Action,
    verdict_of,
)
from dialogs.speech import Go, Press
from dialogs.tokens import write_token
from dialogs.vocabulary import Aspect, CaseMove, Role, Verdict, Viewing
from storage import audit, conversations, declarations
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import AuditEntry, Outbox, Person, Post, WrappedKey
from storage.vault import keys as handler_keys
from tests.builders.people import NOON, a_person, a_post, a_unit, appoint
from tests.builders.vault import PASSPHRASE, entrust, lodge

# Agreed once more: what is not noted when it is done, and what is a reading. All else is done.
NOT_NOTED = {
    *(Action.LODGE, Action.ASK_AFTER, Action.QUESTIONNAIRE, Action.ACKNOWLEDGE, Action.SUGGEST),
    *(Action.NOTICES, Action.OBJECT, Action.VOTE, Action.LOOK_UP, Action.OPEN_ENTRY),
    *(Action.JOIN, Action.PRIVACY, Action.LANGUAGE, Action.WORK),
    *(Action.FOLLOW_CASE, Action.SWEEP, Action.ASK_MATTER, Action.REMINDER_HOUR),
}
OWN = {Action.WORK, Action.REMINDER_HOUR}  # only shows, or sets, what is somebody's own
READINGS = {
    *(Action.CASES, Action.ARCHIVE, Action.BROADCASTS, Action.WHO_IS_LATE, Action.STAGES),
    *(Action.DAY, Action.CASE_CONTACT),
    *(Action.READ_CATALOGUE, Action.REVIEW_ENTRIES, Action.MISSING_ENTRIES, Action.ORGANISATION),
    *(Action.QUESTIONNAIRES, Action.PREVIEW_QUESTIONNAIRE, Action.AUDIT_LOG, Action.VERIFY_LOG),
    *(Action.MATTERS, Action.OPEN_MATTER, Action.MONITORING, Action.BACKTEST),
    *(Action.WARNINGS, Action.OWN_WARNINGS, Action.OPEN_WARNING, Action.WARNING_EVIDENCE),
}
TAKEN_ALONG = {Action.FORMS, Action.LEDGER, Action.EXPORT_LOG, Action.TAKE_KEYS}
TAKEN_ALONG |= {Action.WARNING_LEDGER, Action.WARNING_PAPER}
# What one press does, and by whom it is pressed here.
AT_ONCE = {
    Action.WHO_IS_LATE: Role.COMMISSION_MEMBER,
    Action.STAGES: Role.COMMISSION_MEMBER,
    Action.REVIEW_ENTRIES: Role.LEADER,
    Action.QUESTIONNAIRES: Role.OFFICE_CLERK,
    Action.GIVE_CATALOGUE: Role.OFFICE_CLERK,
    Action.EXPORT_ROSTER: Role.OFFICE_CLERK,
    Action.AUDIT_LOG: Role.AUDITOR,
    Action.EXPORT_LOG: Role.AUDITOR,
    Action.VERIFY_LOG: Role.AUDITOR,
    Action.DAY: Role.COMMISSION_SECRETARY,
    Action.WARNINGS: Role.COMMISSION_MEMBER,
    Action.OWN_WARNINGS: Role.CADRE,
    Action.WARNING_LEDGER: Role.COMMISSION_SECRETARY,
}
SUBJECTS = {Action.EXPORT_LOG: "...."}
STRANGER = 9_001


@dataclass
class Counter:
    """A desk at which people press buttons, and the log of it."""

    database: Database
    keys: Keyring
    desk: Desk = field(init=False)
    declaration: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        zone = ZoneInfo("Asia/Shanghai")
        self.desk = Desk(
            self.database, keys=self.keys, decode=decode, clock=lambda: NOON, zone=zone
        )
        with self.database.writing() as session:
            unit = a_unit(session, "Z1", "財政所")
            post = a_post(session, unit, "Z1-1", "財政所會計")
            for number, role in enumerate(Role, 1):
                person = a_person(session, role.name, keys=self.keys, account=number, roles=[role])
                if role in (Role.CADRE, Role.UNIT_HEAD):
                    appoint(session, person, post)
                if role is Role.CADRE:
                    self.declare(session, person, post)

    def declare(self, session: Session, person: Person, post: Post) -> None:
        """Let a post have been checked, so that there is something to review."""
        declared = declarations.declare(
            session,
            person.id,
            post.id,
            [AspectChecked(Aspect.DUTY, (), "兩人經手")],
            round_id=None,
            now=NOON,
            today=NOON.date(),
        )
        self.declaration = declared.id.hex

    def press(self, chat: int, action: Action, subject: str = "") -> None:
        self.press_button(chat, write_token(Go(action, subject), talk="", prompt=""))

    def press_button(self, chat: int, data: str) -> None:
        place = {"id": chat, "type": "private"}
        query = {
            "id": "1",
            "from": {"id": chat, "is_bot": False, "first_name": "x"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": 1, "date": 1, "chat": place, "text": "x"},
        }
        self.hear({"callback_query": query})

    def answer(self, chat: int, does: Press | str) -> None:
        """Press a button of the question that waits in a chat, or write."""
        if isinstance(does, str):
            place = {"id": chat, "type": "private"}
            return self.hear({"message": {"message_id": 1, "chat": place, "text": does}})
        mark = self.keys.lookup(chat)
        with self.database.reading() as session:
            talks = conversations.load(session, [mark], keys=self.keys, now=NOON)[mark]
        talk = next(talk for talk in talks if talk.current)
        token = write_token(does, talk=talk.reference, prompt=reference(talk.draft.at))
        return self.press_button(chat, token)

    def hear(self, said: dict[str, Any]) -> None:
        number = next(self.numbers)
        update = {"update_id": number, **said}
        self.desk.take_in([(number, chat_of(update), json.dumps(update).encode())])
        assert self.desk.work().count == 1

    def subjects(self) -> list[tuple[Verdict, str, str]]:
        """List what was done about what, in order."""
        with self.database.reading() as session:
            rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.ordinal))).all()
            return [(row.verdict, row.action, row.subject) for row in rows]

    def entries(self) -> list[tuple[str | None, Verdict, str]]:
        """List who did what, in order."""
        with self.database.reading() as session:
            names = {person.id: person.name for person in session.exec(select(Person))}
            rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.ordinal))).all()
            return [
                (names[row.person_id] if row.person_id else None, row.verdict, row.action)
                for row in rows
            ]


@pytest.fixture
def counter(database: Database, keys: Keyring) -> Counter:
    return Counter(database, keys)


def account(role: Role) -> int:
    return list(Role).index(role) + 1


@pytest.mark.parametrize("action", Action)
def test_each_action_is_noted_as_was_agreed(action: Action) -> None:
    assert (action in UNNOTED) is (action in NOT_NOTED)
    assert TAKEN_ALONG <= EXPORTS
    if action in EXPORTS:
        assert verdict_of(action) is Verdict.EXPORTED
    else:
        assert verdict_of(action) is (Verdict.READ if action in READINGS else Verdict.DONE)


def test_what_officers_do_is_noted_without_exception() -> None:
    villagers = {action for action in Action if Role.VILLAGER in MAY[action]}
    assert villagers == NOT_NOTED - OWN, "and what villagers do, never"
    assert not SHOWS_AT_ONCE & NOT_NOTED


@pytest.mark.parametrize("action", AT_ONCE)
def test_what_one_press_does_is_noted_with_who_did_it(counter: Counter, action: Action) -> None:
    role = AT_ONCE[action]
    counter.press(account(role), action, SUBJECTS.get(action, ""))
    assert counter.entries() == [(role.name, verdict_of(action), action.value)]


def test_whoever_opens_a_review_and_decides_nothing_has_read_it(counter: Counter) -> None:
    for _again in range(2):
        counter.press(account(Role.UNIT_HEAD), Action.REVIEW, counter.declaration)
    assert counter.entries() == [("UNIT_HEAD", Verdict.READ, "review")]


@pytest.mark.parametrize("action", [one for one in Action if Role.VILLAGER not in MAY[one]])
def test_whoever_may_not_is_refused_and_it_is_noted(counter: Counter, action: Action) -> None:
    denied = [role for role in Role if role not in MAY[action]]
    denied = [role for role in denied if role is not Role.CADRE or action is Action.AUDIT_LOG]
    counter.press(account(denied[-1]), action)
    counter.press(STRANGER, action)
    assert counter.entries() == [
        (denied[-1].name, Verdict.REFUSED, action.value),
        (None, Verdict.REFUSED, action.value),
    ]


@pytest.mark.parametrize("action", sorted(NOT_NOTED - OWN))
def test_what_villagers_set_out_to_do_leaves_no_entry(counter: Counter, action: Action) -> None:
    counter.press(STRANGER, action)
    counter.press(account(Role.VILLAGER), action)
    assert counter.entries() == []
    with counter.database.reading() as session:
        assert session.exec(select(Outbox)).first() is not None or action is not Action.LODGE


def test_a_letter_that_is_not_ones_own_is_refused_and_the_entry_says_which(
    counter: Counter,
) -> None:
    key, _ = (trusted(counter, role) for role in COMMISSION)
    mine, theirs = (lodge(counter.database, counter.keys) for _ in range(2))
    member = account(Role.COMMISSION_MEMBER)
    counter.press(member, Action.CASES)
    counter.answer(member, PASSPHRASE)
    with counter.database.writing() as session:
        session.delete(session.get_one(WrappedKey, (theirs.id, key)))
    counter.answer(member, Press("take", theirs.number.lower()))
    counter.press(member, Action.ANSWER_CASE, theirs.id.hex)
    counter.answer(member, Press("take", mine.number.lower()))
    assert counter.subjects() == [
        (Verdict.READ, "cases", key),
        (Verdict.REFUSED, "cases", theirs.id.hex),
        (Verdict.REFUSED, "answer_case", theirs.id.hex),
        (Verdict.READ, "cases", mine.number),
    ]


def test_a_wrong_passphrase_is_noted_with_the_key_it_was_tried_on(counter: Counter) -> None:
    _, key = (trusted(counter, role) for role in COMMISSION)
    lodge(counter.database, counter.keys)
    secretary = account(Role.COMMISSION_SECRETARY)
    counter.press(secretary, Action.CASES)
    counter.answer(secretary, "這不是我的口令，是猜的")
    assert counter.subjects() == [(Verdict.REFUSED, "cases", key)]
    assert [who for who, *_ in counter.entries()] == ["COMMISSION_SECRETARY"]


def test_whose_button_it_was_never_to_press_is_refused_with_the_letter_it_names(
    counter: Counter,
) -> None:
    letter = lodge(counter.database, counter.keys)
    counter.press(account(Role.LEADER), Action.ANSWER_CASE, letter.id.hex)
    counter.press(STRANGER, Action.ANSWER_CASE, "forged")
    assert counter.subjects() == [
        (Verdict.REFUSED, "answer_case", letter.id.hex),
        (Verdict.REFUSED, "answer_case", ""),
    ]


def test_a_letter_handed_out_as_a_file_is_an_export(counter: Counter) -> None:
    trusted(counter, Role.COMMISSION_SECRETARY)
    public = bytes(PrivateKey.generate().public_key)
    with counter.database.writing() as session:
        member = session.exec(select(Person).where(Person.name == "COMMISSION_MEMBER")).one()
        offline = handler_keys.NewKey(handler_keys.fingerprint(public), public, Viewing.OFFLINE)
        handler_keys.put_in_force(session, member.id, offline, today=NOON.date())
    letter = lodge(counter.database, counter.keys)
    counter.press(account(Role.COMMISSION_MEMBER), Action.CASES)
    counter.answer(account(Role.COMMISSION_MEMBER), Press("take", letter.number.lower()))
    assert counter.subjects() == [(Verdict.EXPORTED, "cases", letter.number)]


def test_each_step_of_a_letter_is_in_the_chain_with_who_what_and_which(counter: Counter) -> None:
    for role in COMMISSION:
        trusted(counter, role)
    letter = lodge(counter.database, counter.keys)
    member, number = account(Role.COMMISSION_MEMBER), letter.number
    with counter.database.reading() as session:
        colleague = session.exec(select(Person).where(Person.name == "COMMISSION_SECRETARY")).one()
    steps = {
        CaseMove.ACCEPT: [Press("take", "accept"), "已受理待查"],
        CaseMove.ASSIGN: [Press("take", "assign"), Press("take", str(colleague.id)[:8]), "請接手"],
        CaseMove.CONCLUDE: [Press("take", "conclude"), "查無此事"],
    }
    for said in steps.values():
        counter.press(member, Action.ANSWER_CASE, letter.id.hex)
        for one in (*said, "是"):
            counter.answer(member, one)
    assert counter.subjects() == [
        (Verdict.DONE, "answer_case", f"accept:{number}"),
        (Verdict.DONE, "answer_case", f"assign:{number} {colleague.id.hex}"),
        (Verdict.DONE, "answer_case", f"conclude:{number}"),
    ]
    assert {who for who, *_ in counter.entries()} == {"COMMISSION_MEMBER"}
    with counter.database.writing() as session:
        assert audit.first_broken(session) is None


def trusted(counter: Counter, role: Role) -> str:
    """Give whoever has a role a key with which they read in the chat; give its id."""
    with counter.database.writing() as session:
        person = session.exec(select(Person).where(Person.name == role.name)).one()
        return entrust(session, person, keyring=counter.keys).id


def test_the_log_has_no_place_for_a_chat_or_a_text() -> None:
    assert set(AuditEntry.model_fields) == {
        *("ordinal", "at", "person_id", "verdict", "action", "subject", "digest")
    }
