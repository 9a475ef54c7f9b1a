"""A handler's key: where cases are read, and the passphrase or the computer that opens them."""

import re

from dialogs.asking import choose, confirm, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import CasesShared, KeyGiven, KeyMade
from dialogs.facts import CasesToShare, KeyAtHand
from dialogs.prompts import plain
from dialogs.vocabulary import Viewing

SHORTEST = 10  # signs of a passphrase
LINE = "qfkey1:"  # begins the line with which a key made elsewhere is pasted into the bot
PUBLIC = re.compile(rf"{LINE}([0-9a-f]{{64}})")


def set_key(key: KeyAtHand) -> Dialogue[KeyMade | KeyGiven | None]:
    """Ask where cases are to be read, and take what opens them there.

    Whoever has forgotten their passphrase gives up what it opens; colleagues can give it anew.
    """
    if key.viewing:
        yield from tell("vault.key_before", mark=key.id, viewing=key.viewing, cases=key.cases)
    if key.locked and not (yield from gives_up(key)):
        return None
    viewing = yield from choose("vault.viewing", Viewing)
    if viewing is Viewing.OFFLINE:
        public = yield from write("vault.public", at_most=200, check=must_be_public)
        return KeyGiven(read_public(public), key.locked)
    passphrase = yield from write("vault.passphrase_new", at_least=SHORTEST, at_most=200)
    return KeyMade(passphrase, key.locked)


def gives_up(key: KeyAtHand) -> Dialogue[bool]:
    """Ask whether to give up what a key opens, and once more where nobody else opens it."""
    sure = yield from confirm("vault.forgotten", cases=key.cases)
    if not sure or not key.last:
        return sure
    kept = key.last - key.lost
    return (yield from confirm("vault.forgotten_last", last=key.last, kept=kept, lost=key.lost))


def share_cases(share: CasesToShare) -> Dialogue[CasesShared | None]:
    """Let a handler give a colleague what came before the colleague's key."""
    sure = yield from confirm("vault.share", name=share.name, mark=share.key, cases=share.cases)
    return CasesShared(share.person) if sure else None


def read_public(text: str) -> str:
    """Read a public key as the offline viewer prints it, in hexadecimal; empty if it is none."""
    found = PUBLIC.search(plain(text).lower())
    return found[1] if found else ""


def must_be_public(text: str) -> None:
    """Refuse what is no public key."""
    if not read_public(text):
        raise Refused("no_public_key")
