"""Keys of cases sealed to another reader, written to a file for the bot."""

from collections.abc import Sequence
from pathlib import Path

from bot.console import tell, write_anew
from dialogs.errors import Refused
from dialogs.flows.vault_key import read_public
from dialogs.speech import Phrase, Sayable
from storage.vault import bundles
from storage.vault.bundles import KeyOfCase
from storage.vault.keys import fingerprint
from storage.vault.recovery import Spare


def target(line: str) -> Spare:
    """Read the line of who is to have cases; raise Refused for what is none."""
    public = bytes.fromhex(read_public(line))
    if not public:
        raise Refused("no_target")
    return Spare(fingerprint(public), public)


def hand_on(keys: Sequence[KeyOfCase], to: Spare, out: Path) -> None:
    """Write keys sealed anew to a file, and say to whom."""
    write_anew(out, bundles.packed(keys))
    said: dict[str, Sayable] = {"cases": len(keys), "mark": to.key_id, "file": str(out)}
    tell(Phrase("vault.rewrapped", said))
