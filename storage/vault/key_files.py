"""A handler's key on their own computer: a file that only a passphrase opens."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from unicodedata import normalize

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id

from dialogs.errors import Refused
from dialogs.flows.vault_key import LINE
from storage.sealing import seal, unseal
from storage.vault.carried import DAMAGED, b64, unb64
from storage.vault.keys import MEMORY, PASSES, fingerprint, stretched

VERSION = 1
MOST_MEMORY = 1024 * 1024 * 1024  # bytes a file may ask for
MOST_PASSES = 100


@dataclass(frozen=True)
class KeyFile:
    """A pair of keys, the private one locked; what the passphrase is stretched by lies beside."""

    public: bytes
    salt: bytes = field(repr=False)
    passes: int
    memory: int
    locked: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The fingerprint that two people compare."""
        return fingerprint(self.public)

    @property
    def bearable(self) -> bool:
        """Whether stretching asks for no more time and memory than a computer has."""
        return self.passes <= MOST_PASSES and self.memory <= MOST_MEMORY

    def stretched(self, passphrase: str) -> bytes:
        """Work out what a passphrase comes to, however its signs were put together."""
        plain = normalize("NFC", passphrase)
        return stretched(plain, self.salt, passes=self.passes, memory=self.memory)

    def unlocked(self, passphrase: str) -> PrivateKey:
        """Unlock the private key; raise Refused if the passphrase is another."""
        try:
            key = self.stretched(passphrase)
            private = PrivateKey(unseal(self.locked, key=key, about=f"key_file:{self.id}"))
        except (CryptoError, ValueError):
            raise Refused("passphrase_or_file_wrong") from None
        if bytes(private.public_key) != self.public:
            raise Refused("key_file_damaged")
        return private

    def written(self) -> bytes:
        """Write it as a file."""
        kept = {
            "v": VERSION,
            "key": self.id,
            "public": self.public.hex(),
            "salt": b64(self.salt),
            "argon2id": {"passes": self.passes, "memory": self.memory},
            "locked": b64(self.locked),
        }
        return json.dumps(kept, indent=1).encode() + b"\n"


def line(public: bytes) -> str:
    """Write a public key as the line that is pasted into the bot."""
    return f"{LINE}{public.hex()}"


def made(passphrase: str) -> KeyFile:
    """Make a pair of keys and lock the private one."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    empty = KeyFile(public, os.urandom(argon2id.SALTBYTES), PASSES, MEMORY, b"")
    key = empty.stretched(passphrase)
    locked = seal(bytes(private), key=key, about=f"key_file:{empty.id}")
    return KeyFile(public, empty.salt, PASSES, MEMORY, locked)


def read(content: bytes) -> KeyFile:
    """Read a key file; raise Refused for what is none."""
    try:
        kept = json.loads(content)
        found = KeyFile(
            bytes.fromhex(kept["public"]),
            unb64(kept["salt"]),
            int(kept["argon2id"]["passes"]),
            int(kept["argon2id"]["memory"]),
            unb64(kept["locked"]),
        )
        if (kept["v"], kept["key"]) != (VERSION, found.id) or not found.bearable:
            raise Refused("key_file_damaged")
    except DAMAGED:
        raise Refused("key_file_damaged") from None
    return found
