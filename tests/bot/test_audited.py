"""What leaves an entry in the audit log: every action, by doing it where one press suffices."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from bot.channels.telegram import chat_of, decode
from bot.desk import Desk
from dialogs.events import AspectChecked
from dialogs.rules.access import EXPORTS, MAY, SHOWS_AT_ONCE, UNNOTED, Action, verdict_of
from dialogs.speech import Go
from dialogs.tokens import write_token
from dialogs.vocabulary import Aspect, Role, Verdict
from storage import declarations
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import AuditEntry, Outbox, Person, Post
from tests.builders.people import NOON, a_person, a_post, a_unit, appoint

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
        number = next(self.numbers)
        place = {"id": chat, "type": "private"}
        update: dict[str, Any] = {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": {"id": chat, "is_bot": False, "first_name": "x"},
                "chat_instance": "1",
                "data": write_token(Go(action, subject), talk="", prompt=""),
                "message": {"message_id": 1, "date": 1, "chat": place, "text": "x"},
            },
        }
        self.desk.take_in([(number, chat_of(update), json.dumps(update).encode())])
        assert self.desk.work().count == 1

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


def test_the_log_has_no_place_for_a_chat_or_a_text() -> None:
    assert set(AuditEntry.model_fields) == {
        *("ordinal", "at", "person_id", "verdict", "action", "subject", "digest")
    }
