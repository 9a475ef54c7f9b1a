"""Graded warnings: drafted, issued, answered, lifted; what they say is sealed.

`open_draft` is the one way in, for a person and for the rules of the machine alike.
"""

from storage.warnings.answering import (
    Replied,
    ask_for_time,
    files_of,
    has_files,
    last_reply,
    open_reply,
    replies,
    reply,
    sign,
)
from storage.warnings.drafting import open_draft
from storage.warnings.issuing import to_inform, to_ping
from storage.warnings.listing import (
    Told,
    for_the_day,
    may_read,
    named,
    own,
    readable,
    to_read,
    told,
)
from storage.warnings.moving import arrived, escalate, leave, move, withdraw
from storage.warnings.noting import taken
from storage.warnings.on_file import issued_on_file, on_file
from storage.warnings.passing import pass_on
from storage.warnings.reading import (
    Taken,
    demand,
    find,
    is_on_paper,
    is_the_countys,
    issued_to,
    issued_within,
    latest_day,
    lower_of,
    near,
    reasons,
    steps,
    warned,
)
from storage.warnings.sending import not_delivered, remind_on_paper, to_the_head
from storage.warnings.taking import Mover, Received, must_take

__all__ = [
    "Mover",
    "Received",
    "Replied",
    "Taken",
    "Told",
    "arrived",
    "ask_for_time",
    "demand",
    "escalate",
    "files_of",
    "find",
    "for_the_day",
    "has_files",
    "is_on_paper",
    "is_the_countys",
    "issued_on_file",
    "issued_to",
    "issued_within",
    "last_reply",
    "latest_day",
    "leave",
    "lower_of",
    "may_read",
    "move",
    "must_take",
    "named",
    "near",
    "not_delivered",
    "on_file",
    "open_draft",
    "open_reply",
    "own",
    "pass_on",
    "readable",
    "reasons",
    "remind_on_paper",
    "replies",
    "reply",
    "sign",
    "steps",
    "taken",
    "to_inform",
    "to_ping",
    "to_read",
    "to_the_head",
    "told",
    "warned",
    "withdraw",
]
