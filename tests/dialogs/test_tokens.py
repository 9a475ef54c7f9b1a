from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.prompts import Pressed, reference
from dialogs.rules.access import Action
from dialogs.speech import Go, Press
from dialogs.tokens import LONGEST, TalkPressed, read_token, write_token

WORDS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=16)
CODES = st.text("abcdefghijklmnopqrstuvwxyz0123456789_:", max_size=24)
TALKS = st.uuids().map(lambda id_: id_.hex[:8])


@given(st.sampled_from(Action), st.uuids())
def test_every_action_about_anything_fits_a_button(action: Action, subject: UUID) -> None:
    token = write_token(Go(action, subject.hex), talk="", prompt="")
    assert len(token.encode()) <= LONGEST
    assert read_token(token) == Go(action, subject.hex)


@given(TALKS, st.text(), WORDS, CODES)
def test_a_press_is_read_as_it_was_written(talk: str, key: str, act: str, code: str) -> None:
    prompt = reference(key)
    token = write_token(Press(act, code), talk=talk, prompt=prompt)
    assert len(token.encode()) <= LONGEST
    assert read_token(token) == TalkPressed(talk, Pressed(prompt, act, code))


@pytest.mark.parametrize("does", [Go("cases", "x" * 60), Press("take", "字" * 20)])
def test_a_token_that_is_too_long_is_a_fault_of_the_dialogue(does: Go | Press) -> None:
    with pytest.raises(ValueError, match="at most 64 bytes"):
        write_token(does, talk="00000000", prompt="00000000")


@pytest.mark.parametrize("token", ["", "g", "g:cases", "p:1:2:3", "x:1:2", "字" * 30])
def test_what_we_never_wrote_is_none(token: str) -> None:
    assert read_token(token) is None


@given(st.text())
def test_reading_a_token_never_stumbles(token: str) -> None:
    read_token(token)
