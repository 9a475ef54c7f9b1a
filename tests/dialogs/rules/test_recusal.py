from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.facts import Handler
from dialogs.rules.recusal import FEWEST, left_aside, people_in, readers, stands_aside

ACCUSED, VILLAGE, ELSEWHERE = uuid4(), uuid4(), uuid4()
HANDLER = Handler(uuid4(), "經辦甲")
NOBODY: tuple[UUID, ...] = ()


@pytest.mark.parametrize(
    "handler",
    [
        replace(HANDLER, person=ACCUSED),
        replace(HANDLER, kin=frozenset({ACCUSED})),
        replace(HANDLER, units=frozenset({VILLAGE})),
    ],
    ids=["accused", "relative", "same unit"],
)
def test_who_is_touched_by_a_case_stands_aside(handler: Handler) -> None:
    assert stands_aside(handler, accused=[ACCUSED], named=NOBODY, unit=VILLAGE)


def test_whom_the_writer_names_stands_aside() -> None:
    assert stands_aside(HANDLER, accused=[ACCUSED], named=[HANDLER.person], unit=None)


def test_a_relative_of_somebody_the_writer_names_stands_aside_like_one_of_the_accused() -> None:
    named = uuid4()
    cousin = replace(HANDLER, kin=frozenset({named}))
    assert stands_aside(cousin, accused=NOBODY, named=[named], unit=None)
    assert left_aside([cousin, HANDLER], [named]) == [cousin]


def test_everybody_of_a_name_is_found_however_it_is_written() -> None:
    people = [(UUID(int=1), "韓守正"), (UUID(int=2), "韓守正"), (UUID(int=3), "鄧志遠")]
    assert people_in("是「韓 守．正」說的", [*people, people[0]]) == (UUID(int=1), UUID(int=2))
    assert people_in("沒有寫到誰", people) == ()


@pytest.mark.parametrize(
    ("roster", "written"),
    [("鄧志遠", "邓志远"), ("邓志远", "鄧志遠"), ("羅敏", "罗敏"), ("鄧志遠", "邓 志遠")],
)
def test_a_name_is_found_in_whichever_script_it_is_written(roster: str, written: str) -> None:
    assert people_in(f"錢是{written}收的", [(UUID(int=1), roster)]) == (UUID(int=1),)


def test_anybody_else_does_not() -> None:
    other = replace(HANDLER, kin=frozenset({uuid4()}), units=frozenset({ELSEWHERE}))
    assert not stands_aside(other, accused=[ACCUSED], named=[uuid4()], unit=VILLAGE)
    assert not stands_aside(HANDLER, accused=NOBODY, named=NOBODY, unit=None)


@given(st.integers(0, 6), st.sets(st.integers(0, 5)))
def test_a_case_has_two_readers_or_none(count: int, named: set[int]) -> None:
    handlers = [Handler(UUID(int=number), str(number)) for number in range(count)]
    aside = [UUID(int=number) for number in named]
    left = readers(handlers, accused=NOBODY, named=aside, unit=None)
    assert not left or len(left) >= FEWEST
    assert not {one.person for one in left} & {*aside}
