"""Keys of many cases in one file: taken to a handler's computer, sealed anew, brought back.

A case's private key lies in it only sealed; whoever brings it back is believed to have opened the
key, never to be allowed to give it: that is looked at anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from dialogs.errors import Refused
from storage.vault import papers
from storage.vault.carried import DAMAGED, b64, unb64
from storage.vault.cases import wrapped
from storage.vault.keys import Reader

VERSION = 1


@dataclass(frozen=True)
class KeyOfCase:
    """A case's key as it is sealed to those who have it."""

    case: UUID
    public: bytes
    wrapped: Mapping[str, bytes] = field(repr=False)

    def rewrapped(self, key_id: str, private: PrivateKey, to: Reader) -> KeyOfCase:
        """Seal it to another reader; raise Refused if it is not what it should be."""
        try:
            key = papers.unwrapped(self.case, key_id, self.wrapped[key_id], private=private)
        except (CryptoError, *DAMAGED):
            raise Refused("keys_damaged") from None
        if bytes(key.public_key) != self.public:
            raise Refused("keys_damaged")
        return KeyOfCase(self.case, self.public, dict([wrapped(self.case, key, to)]))


def packed(keys: Sequence[KeyOfCase]) -> bytes:
    """Write keys as a file."""
    cases = [
        {
            "case": one.case.hex,
            "public": one.public.hex(),
            "wrapped": {key_id: b64(sealed) for key_id, sealed in one.wrapped.items()},
        }
        for one in keys
    ]
    return json.dumps({"v": VERSION, "cases": cases}).encode()


def read(content: bytes) -> Sequence[KeyOfCase]:
    """Read a file of keys; raise Refused for what is none."""
    try:
        kept = json.loads(content)
        if kept["v"] != VERSION:
            raise Refused("carried_newer")
        return [
            KeyOfCase(
                UUID(one["case"]),
                bytes.fromhex(one["public"]),
                {str(key_id): unb64(sealed) for key_id, sealed in one["wrapped"].items()},
            )
            for one in kept["cases"]
        ]
    except DAMAGED:
        raise Refused("keys_damaged") from None


def rewrapped(
    keys: Sequence[KeyOfCase], key_id: str, private: PrivateKey, to: Reader
) -> Sequence[KeyOfCase]:
    """Seal to another reader whatever a key opens; raise Refused if it opens nothing."""
    own = [one for one in keys if key_id in one.wrapped]
    if not own:
        raise Refused("keys_of_another", own=key_id)
    return [one.rewrapped(key_id, private, to) for one in own]
