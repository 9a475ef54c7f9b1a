"""What a handler could give a colleague whose key is newer than the cases."""

from collections.abc import Sequence

from sqlmodel import Session

from storage.occasion import Occasion
from storage.tables import Case
from storage.vault import cases, keys
from storage.vault.keys import KeyHolder


def lacking(
    session: Session, occasion: Occasion, key_id: str
) -> Sequence[tuple[KeyHolder, Sequence[Case]]]:
    """List colleagues with the cases they lack and may have; whoever stands aside lacks none."""
    found = []
    own = cases.sealed_to(session, key_id)
    held = {case.id: cases.key_ids(session, case.id) for case in own}
    for colleague in keys.handlers(session, today=occasion.today):
        missing = [
            case
            for case in own
            if colleague.key_id not in held[case.id]
            and not cases.aside(session, case, colleague, keys=occasion.keys)
        ]
        if missing:
            found.append((colleague, missing))
    return found
