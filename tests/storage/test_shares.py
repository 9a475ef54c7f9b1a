"""So many shares bring a secret back, whichever they are; fewer or mistyped ones do not."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from storage.vault import recovery, shares
from storage.vault.shares import at, cut, inverse, joined, read, times

BYTES = st.integers(0, 255)
SECRETS = st.binary(min_size=32, max_size=32)
MARK = b"mark"


@given(BYTES, BYTES, BYTES)
def test_the_field_is_a_field(one: int, other: int, third: int) -> None:
    assert times(one, other) == times(other, one)
    assert times(one, times(other, third)) == times(times(one, other), third)
    assert times(one, other ^ third) == times(one, other) ^ times(one, third)
    assert times(one, 1) == one
    assert one == 0 or times(one, inverse(one)) == 1


def test_the_field_is_that_of_aes() -> None:
    assert times(0x57, 0x83) == 0xC1
    assert inverse(0x53) == 0xCA
    assert at([7, 3], 2) == 7 ^ 6


@given(SECRETS, st.integers(2, 6), st.integers(0, 4), st.randoms())
def test_enough_shares_bring_a_secret_back_whichever_and_in_whatever_order(
    secret: bytes, needed: int, more: int, chance: random.Random
) -> None:
    parts = [one.written() for one in cut(secret, mark=MARK, parts=needed + more, needed=needed)]
    taken = chance.sample(parts, needed)
    assert joined([read(line) for line in taken]) == secret
    assert joined([read(line) for line in parts]) == secret
    with pytest.raises(Refused, match="shares_too_few"):
        joined([read(line) for line in [*taken[1:], taken[1]]])


@given(SECRETS, SECRETS, BYTES)
def test_one_share_fits_every_secret(secret: bytes, other: bytes, where: int) -> None:
    one, _, _ = cut(secret, mark=MARK, parts=3, needed=2)
    # Whatever the secret may be, some line goes through it and the share: nothing is ruled out.
    slope = times(one.value[where % 32] ^ other[where % 32], inverse(one.place))
    assert at([other[where % 32], slope], one.place) == one.value[where % 32]


@given(SECRETS, st.integers(0, 83), st.sampled_from("0123456789abcdef"))
def test_a_mistyped_sign_is_noticed(secret: bytes, where: int, sign: str) -> None:
    line = cut(secret, mark=MARK, parts=2, needed=2)[0].written()
    signs = list(line.removeprefix(shares.LINE).replace(" ", ""))
    same = signs[where] == sign
    signs[where] = sign
    if same:
        assert read("".join(signs)).written() == line
    else:
        with pytest.raises(Refused, match="share_mistyped"):
            read("".join(signs))


@given(st.text(max_size=60))
def test_what_is_no_share_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused, match="share_mistyped"):
        read(text)


def test_a_share_is_read_however_it_is_spaced() -> None:
    line = cut(bytes(32), mark=MARK, parts=2, needed=2)[0].written()
    assert read(line.upper()) == read(line.replace(" ", "-")) == read(line.replace(" ", "\n"))


@pytest.mark.parametrize(("parts", "needed"), [(3, 1), (2, 3), (17, 2), (0, 0), (1, 1)])
def test_numbers_that_protect_nothing_are_refused(parts: int, needed: int) -> None:
    with pytest.raises(Refused, match="shares_of_no_use"):
        cut(bytes(32), mark=MARK, parts=parts, needed=needed)


def test_any_two_of_three_bring_a_recovery_key_back() -> None:
    spare, parts = recovery.made(parts=3, needed=2)
    for two in combinations([one.written() for one in parts], 2):
        key_id, private = recovery.joined(two)
        assert (key_id, bytes(private.public_key)) == (spare.key_id, spare.public)


def test_shares_of_two_keys_are_told_apart() -> None:
    (_, first), (_, second) = (recovery.made(parts=2, needed=2) for _ in range(2))
    with pytest.raises(Refused, match="shares_of_several"):
        recovery.joined([first[0].written(), second[1].written()])


def test_shares_that_only_look_alike_are_refused() -> None:
    _, parts = recovery.made(parts=2, needed=2)
    foreign = shares.Share(parts[0].mark, 2, 2, bytes(32))
    with pytest.raises(Refused, match="shares_do_not_fit"):
        recovery.joined([parts[0].written(), foreign.written()])
