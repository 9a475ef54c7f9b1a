"""The key is its owner's alone, and what is sealed opens only as what it is."""

import stat
from pathlib import Path

import pytest
from nacl.exceptions import CryptoError

from storage.sealing import Keyring, derived, master_key


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "qingfeng.key"
    key = master_key(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert master_key(path) == key


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660])
def test_a_key_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "qingfeng.key"
    master_key(path)
    path.chmod(mode)
    with pytest.raises(PermissionError, match="chmod 600"):
        master_key(path)


def test_what_is_sealed_opens_only_as_what_it_is(keys: Keyring) -> None:
    sealed = keys.seal(b"words", "inbox:1")
    assert keys.unseal(sealed, "inbox:1") == b"words"
    for wrong, about in (
        (sealed, "inbox:2"),
        (sealed[:-1] + b"\0", "inbox:1"),
        (sealed[:10], "inbox:1"),
        (b"", "inbox:1"),
    ):
        with pytest.raises((CryptoError, ValueError)):
            keys.unseal(wrong, about)


def test_the_same_words_are_never_sealed_alike(keys: Keyring) -> None:
    assert keys.seal(b"words", "a") != keys.seal(b"words", "a")


def test_a_lookup_is_the_same_each_time_and_another_under_another_key(keys: Keyring) -> None:
    assert keys.lookup(1001) == keys.lookup("1001")
    assert keys.lookup(1001) != keys.lookup(1002)
    assert keys.lookup(1001) != Keyring.of(b"x" * 32).lookup(1001)
    assert "1001" not in keys.lookup(1001)


def test_every_purpose_has_a_key_of_its_own() -> None:
    purposes = ("payloads", "lookups", "receipts", "vault", "webhook")
    assert len({derived(b"k" * 32, purpose) for purpose in purposes}) == len(purposes)


def test_a_keyring_shows_no_key(keys: Keyring) -> None:
    assert repr(keys) == "Keyring()"


@pytest.mark.parametrize("content", [b"", b"k" * 31, b"k" * 33])
def test_a_key_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(ValueError, match="holds no key"):
        master_key(path)
