import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.catalogue.policy import number
from dialogs.rules.quarantine import Lately, is_set_aside, says_nothing

LETTER = "修村道說好三公里，只鋪了兩公里"
FLOOD = Lately(about=number("flood_letters"))


def aside(text: str, lately: Lately, *, vouched: bool = False, files: bool = False) -> bool:
    return is_set_aside(text, lately, vouched=vouched, files=files)


@pytest.mark.parametrize(
    "text",
    [
        "哈哈哈哈哈哈哈",
        "。。。。。。。。",
        "https://example.com/win?id=77",
        "看 http://evil.example/x",
        "evil.example/x/y/z 點",
        "打人打人打人打人",
    ],
)
def test_a_link_alone_or_a_few_signs_over_and_over_say_nothing(text: str) -> None:
    assert says_nothing(text)
    assert aside(text, Lately(), vouched=True)
    assert not aside(text, Lately(), vouched=True, files=True), "a picture may say it all"


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        "書記打人了快來",
        "證據在https://example.com/a請看這個帖子",
        "He took the money for the road",
    ],
)
def test_whatever_says_something_is_taken_as_usual(text: str) -> None:
    assert not aside(text, Lately())


def test_the_same_once_more_and_what_comes_in_a_flood_is_set_aside() -> None:
    assert aside(LETTER, Lately(same=1))
    assert aside(LETTER, FLOOD)
    assert not aside(LETTER, Lately(about=number("flood_letters") - 1))


@given(st.builds(Lately, same=st.integers(0, 99), about=st.integers(0, 999)))
def test_who_leaves_a_contact_or_a_file_or_comes_in_person_is_never_one_of_many(
    lately: Lately,
) -> None:
    assert not aside(LETTER, lately, vouched=True)
