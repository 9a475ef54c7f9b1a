"""A rehearsal on a case made up for it: whatever opens a real case opens this one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date

from nacl.public import PrivateKey

from dialogs.errors import Refused
from dialogs.events import ComplaintLodged
from dialogs.speech import Phrase
from dialogs.vocabulary import Accused, CaseKind
from storage.sealing import Keyring
from storage.vault import carried, cases, key_files, recovery
from storage.vault.carried import Carried, CarriedPaper
from storage.vault.key_files import KeyFile
from storage.vault.recovery import Spare

MADE_UP = ComplaintLodged(Accused.VILLAGE_CADRE, CaseKind.REPORT, "演練：這不是真的來信。")
SOME_DAY = date(2000, 1, 1)
PARTS, NEEDED = 3, 2


def passing_key() -> tuple[KeyFile, PrivateKey]:
    """Make a key for this once, as it would come back from its file."""
    passphrase = os.urandom(16).hex()
    kept = key_files.read(key_files.made(passphrase).written())
    return kept, kept.unlocked(passphrase)


def steps(kept: KeyFile, private: PrivateKey) -> Iterator[Phrase]:
    """Go through it, saying each step that has worked; raise Refused at the first that has not."""
    spare, parts = recovery.made(parts=PARTS, needed=NEEDED)
    packed = sealed([Spare(kept.id, kept.public), spare]).packed()
    yield Phrase("vault.drill_sealed", {"mark": kept.id, "bytes": len(packed)})
    case = carried.read(packed)
    must_read(case, kept.id, private)
    yield Phrase("vault.drill_by_key")
    lines = [one.written() for one in parts]
    for at in range(PARTS):
        must_read(case, *recovery.joined(lines[:at] + lines[at + 1 :]))
    yield Phrase("vault.drill_by_shares", {"parts": PARTS, "needed": NEEDED})
    yield Phrase("vault.drill_done")


def sealed(readers: Sequence[Spare]) -> Carried:
    """Seal a case that nobody brought, and take it away."""
    prepared = cases.prepare(MADE_UP, readers=readers, keys=Keyring.of(os.urandom(32)))
    return Carried(
        case=prepared.id,
        number=prepared.number,
        key=readers[0].key_id,
        wrapped=dict(prepared.keys),
        papers=[CarriedPaper(one.id, one.kind, SOME_DAY, one.content) for one in prepared.papers],
    )


def must_read(case: Carried, key_id: str, private: PrivateKey) -> None:
    """Raise Refused unless a key opens the case and finds what was put in."""
    if [one.text for one in case.opened(key_id, private)] != [MADE_UP.account]:
        raise Refused("carried_damaged")
