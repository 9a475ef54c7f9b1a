"""Keys of cases carried to a handler's own computer and back, and the key for recovery."""

import re
from typing import Any

from dialogs.asking import tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import KeysBrought, KeysTaken, RecoverySet
from dialogs.facts import Nothing, RecoveryAtHand
from dialogs.flows.at_once import silence
from dialogs.flows.roster import KINDS
from dialogs.prompts import Attachment, Handing, plain

MOST_BYTES = 5_000_000
LINE = "qfrecovery1:"  # begins the line with which a recovery key is pasted into the bot
RECOVERY = re.compile(rf"{LINE}([0-9a-f]{{64}})")


def take_keys(_: Nothing) -> Dialogue[KeysTaken]:
    """Let a handler take the sealed keys of their cases along."""
    yield from silence()
    return KeysTaken()


def bring_keys(_: Nothing) -> Dialogue[KeysBrought]:
    """Take what a handler sealed anew on their own computer."""
    file: Any = yield Handing(
        key="vault.keys_file", kinds=KINDS, at_most=MOST_BYTES, check=must_be_keys
    )
    return KeysBrought(file)


def must_be_keys(file: Attachment) -> None:
    """Raise Refused for what its name alone says is no file of keys."""
    if file.kind != "document" or not file.name.lower().endswith(".qfkeys"):
        raise Refused("keys_wanted")


def set_recovery(recovery: RecoveryAtHand) -> Dialogue[RecoverySet]:
    """Take the public half of the key whose shares were given out."""
    if recovery.made_on:
        yield from tell("vault.recovery_before", mark=recovery.id, day=recovery.made_on)
    if recovery.left:
        yield from tell("vault.recovery_left", cases=recovery.left)
    line = yield from write("vault.recovery", at_most=200, check=must_be_recovery)
    return RecoverySet(read_recovery(line))


def read_recovery(text: str) -> str:
    """Read a recovery key as `recovery new` prints it, in hexadecimal; empty if it is none."""
    found = RECOVERY.search(plain(text).lower())
    return found[1] if found else ""


def must_be_recovery(text: str) -> None:
    """Refuse what is no recovery key."""
    if not read_recovery(text):
        raise Refused("no_recovery_key")
