"""The keys kept outside the database, and what is done with them: seal, open, look up."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.public import Box, PrivateKey, PublicKey

KEY = 32  # bytes of the master key
NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES


def derived(master: bytes, purpose: str) -> bytes:
    """Derive the 32-byte key of one purpose from the master key."""
    return blake2b(purpose.encode(), key=master, digest_size=32, person=b"qingfeng").digest()


def seal(plain: bytes, *, key: bytes, about: str) -> bytes:
    """Seal bytes under a key; `about` says what they are and must be said again to open them."""
    nonce = os.urandom(NONCE)
    sealed: bytes = crypto_aead_xchacha20poly1305_ietf_encrypt(plain, about.encode(), nonce, key)
    return nonce + sealed


def unseal(sealed: bytes, *, key: bytes, about: str) -> bytes:
    """Open sealed bytes; raise nacl.exceptions.CryptoError if they are not what `about` says."""
    plain: bytes = crypto_aead_xchacha20poly1305_ietf_decrypt(
        sealed[NONCE:], about.encode(), sealed[:NONCE], key
    )
    return plain


def seal_to(plain: bytes, *, public: PublicKey, about: str) -> bytes:
    """Seal bytes to whoever holds the private key, under a key used this once."""
    once = PrivateKey.generate()
    key = derived(Box(once, public).shared_key(), agreed(once.public_key, public))
    return bytes(once.public_key) + seal(plain, key=key, about=about)


def unseal_with(sealed: bytes, *, private: PrivateKey, about: str) -> bytes:
    """Open bytes sealed to a private key's holder; raise nacl.exceptions.CryptoError otherwise."""
    once = PublicKey(sealed[: PublicKey.SIZE])
    key = derived(Box(private, once).shared_key(), agreed(once, private.public_key))
    return unseal(sealed[PublicKey.SIZE :], key=key, about=about)


def agreed(once: PublicKey, public: PublicKey) -> str:
    """Name both sides of an agreement, so that its key belongs to these two alone."""
    return f"to:{bytes(once).hex()}:{bytes(public).hex()}"


@dataclass(frozen=True)
class Keyring:
    """Every key this server holds, derived from one master key of 32 bytes."""

    payloads: bytes = field(repr=False)
    lookups: bytes = field(repr=False)
    receipts: bytes = field(repr=False)

    @classmethod
    def of(cls, master: bytes) -> Keyring:
        """Derive the keys."""
        return cls(
            payloads=derived(master, "payloads"),
            lookups=derived(master, "lookups"),
            receipts=derived(master, "receipts"),
        )

    def seal(self, plain: bytes, about: str) -> bytes:
        """Seal a payload or a draft."""
        return seal(plain, key=self.payloads, about=about)

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Open a payload or a draft."""
        return unseal(sealed, key=self.payloads, about=about)

    def lookup(self, identity: int | str) -> str:
        """Hash an account or chat, so that its rows are found without its number being kept."""
        return blake2b(str(identity).encode(), key=self.lookups, digest_size=16).hexdigest()


def master_key(path: Path) -> bytes:
    """Read the master key, or make one that only its owner can read.

    Raises PermissionError when others may read the file, ValueError when it holds no key.
    """
    if not path.exists():
        make_key(path)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} can be read by others; run: chmod 600 {path}")
    key = path.read_bytes()
    if len(key) != KEY:
        raise ValueError(f"{path} holds no key of {KEY} bytes; put the copy you keep in its place")
    return key


def make_key(path: Path) -> None:
    """Make a key file; it is there whole or not at all, and never in place of another."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(KEY))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
