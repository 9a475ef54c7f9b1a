"""Once a day the root of the audit log goes where nobody can change it afterwards."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from dialogs.messages import SOURCE, render
from dialogs.speech import say
from storage import audit, outbox
from storage.audit import Root
from storage.outbox import Letter, Urgency
from storage.sealing import Keyring

OPENS = time(9)  # nobody's telephone rings for it at night


def post_root(
    session: Session, *, now: datetime, zone: ZoneInfo, channel: int | None, keys: Keyring
) -> Root | None:
    """Keep today's root, and post it to the public channel if there is one; None if it was."""
    here = now.astimezone(zone)
    if here.time() < OPENS:
        return None
    root = audit.keep_root(session, here.date())
    if root is None or channel is None:
        return root
    said = say("audit.root_of_day", day=here.date(), count=root.ordinal, root=str(root))
    letter = Letter(channel, render(said, SOURCE))
    outbox.post(session, [outbox.draft(letter, keys=keys, due_at=now, urgency=Urgency.REMINDER)])
    return root
