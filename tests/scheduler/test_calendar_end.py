from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from dialogs.catalogue.policy import number
from dialogs.rules.calendar import Calendar, Land
from scheduler.calendar_end import tell_of_end
from storage.outbox import take_out, unpack
from tests.scheduler.conftest import Town

ZONE = ZoneInfo("Asia/Shanghai")
UNTIL = Calendar().known_until
NEAR = Calendar().next_open_moment(
    datetime(UNTIL.year, 12, 1, 9, tzinfo=ZONE), zone=ZONE
)  # well within the sixty days


def tell(town: Town, session: Session, now: datetime, calendar: Calendar | None = None) -> int:
    return tell_of_end(session, now=now, zone=ZONE, calendar=calendar or Calendar(), keys=town.keys)


def test_the_clerk_is_told_once_and_how_much_is_concerned(town: Town) -> None:
    with town.database.writing() as session:
        town.owe(session, town.here, UNTIL)
        town.owe(session, town.here, UNTIL + timedelta(days=20))
        assert tell(town, session, NEAR) == 1
        assert tell(town, session, NEAR + timedelta(minutes=10)) == 0
        assert tell(town, session, NEAR + timedelta(days=9)) == 0
        (parcel,) = take_out(session, now=NEAR, resting=[], room=9, bulk_room=9)
    letter = unpack(parcel, keys=town.keys)
    assert letter.chat == 1003
    assert "現有 1 項期限" in letter.words.text


def test_of_another_land_the_clerk_is_told_by_itself(town: Town) -> None:
    with town.database.writing() as session:
        assert tell(town, session, NEAR) == 1
        assert tell(town, session, NEAR, Calendar(Land.TAIWAN)) == 1


@pytest.mark.parametrize(
    "now",
    [
        NEAR.replace(hour=7),
        NEAR.replace(hour=20),
        Calendar().next_open_moment(
            datetime(UNTIL.year, UNTIL.month, UNTIL.day, 9, tzinfo=ZONE)
            - timedelta(days=number("calendar_notice") + 9),
            zone=ZONE,
        ),
    ],
)
def test_nobody_is_told_long_before_or_out_of_hours(town: Town, now: datetime) -> None:
    with town.database.writing() as session:
        assert tell(town, session, now) == 0


def test_without_a_clerk_who_has_joined_it_is_told_later(town: Town) -> None:
    with town.database.writing() as session:
        clerk = town.clerk
        account, clerk.account = clerk.account, None
        session.add(clerk)
        session.flush()
        assert tell(town, session, NEAR) == 0
        clerk.account = account
        session.add(clerk)
        session.flush()
        assert tell(town, session, NEAR) == 1
