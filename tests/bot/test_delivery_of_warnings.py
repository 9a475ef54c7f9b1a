"""A warning has been delivered when the last page of its letter has; else it goes on paper."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.channels import Unreachable
from bot.delivery import Delivery, Fate
from dialogs.vocabulary import Role, WarningMove, WarningState
from storage import outbox
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Appointment, Person, RoleHeld
from tests.builders.matters import person
from tests.builders.people import NOON, TODAY
from tests.builders.warnings import post
from tests.storage.test_warning_recorder import CASHIER, REVIEWER, THIRD, Town, town

__all__ = ["town"]


class Nobody:
    """A sender through whom nothing goes: what became of each message is said by hand."""

    async def send(self, letter: outbox.Letter) -> int | None:
        raise Unreachable(letter.chat)


def letter_to_the_cashier(town: Town) -> list[Fate]:
    town.draft()
    town.moves(REVIEWER, WarningMove.ISSUE)
    pages = []
    with town.database.writing() as session:
        account = session.get_one(Person, person(session, CASHIER)).account_hash
        later = NOON + timedelta(minutes=1)
        while more := outbox.take_out(session, now=later, resting=[], room=100, bulk_room=0):
            pages += [one for one in more if one.chat_hash == account]
            outbox.sent(session, [one.id for one in more])
    return [Fate(one, 1, outbox.unpack(one, keys=town.keys)) for one in pages]


def test_the_last_page_delivers_a_letter(town: Town, database: Database, keys: Keyring) -> None:
    *before, last = letter_to_the_cashier(town)
    assert before
    delivery = Delivery(database, keys, Nobody(), lambda: NOON)
    with database.writing() as session:
        delivery.settle_sent(session, before)
    assert town.warning.state is WarningState.ISSUED
    with database.writing() as session:
        delivery.settle_sent(session, [last])
    assert town.warning.state is WarningState.DELIVERED


def test_of_a_letter_that_is_blocked_the_commission_hears_once(
    town: Town, database: Database, keys: Keyring
) -> None:
    pages = letter_to_the_cashier(town)
    before = len(town.letters(REVIEWER))
    delivery = Delivery(database, keys, Nobody(), lambda: NOON)
    with database.writing() as session:
        for page in pages:
            blocked = Fate(page.parcel, letter=page.letter, failure=Unreachable("blocked"))
            delivery.settle(session, blocked, NOON)
    (told,) = town.letters(REVIEWER)[before:]
    assert "2026-0001" in told.text
    assert "沒能送到" in told.text
    assert CASHIER not in told.text
    assert town.warning.state is WarningState.ISSUED


def test_whoever_comes_near_by_the_townships_day_hears_nothing_of_it(
    town: Town, database: Database, keys: Keyring
) -> None:
    *_, page = letter_to_the_cashier(town)
    night = datetime.combine(TODAY + timedelta(days=1), time(2), ZoneInfo("Asia/Shanghai"))
    with database.writing() as session:
        who, books = person(session, REVIEWER), post(session, "財政所會計")
        session.add(Appointment(person_id=who, post_id=books.id, since=night.date()))
        session.add(RoleHeld(person_id=who, role=Role.UNIT_HEAD))
    delivery = Delivery(database, keys, Nobody(), lambda: night, zone=night.tzinfo or UTC)
    with database.writing() as session:
        blocked = Fate(page.parcel, letter=page.letter, failure=Unreachable("blocked"))
        delivery.settle(session, blocked, night)
    assert (len(town.letters(REVIEWER)), len(town.letters(THIRD))) == (0, 1)
