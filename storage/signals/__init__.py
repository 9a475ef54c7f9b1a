"""Signals: what was seen that may call for a warning, told to the rules, and bound to drafts."""

from storage.signals.noting import Place, looked, note, since, upto, upto_each
from storage.signals.reading import looks
from storage.signals.using import (
    draft,
    forget_leads,
    give_way,
    leave_to_the_county,
    on_the_desk,
    take_back_the_countys,
)
from storage.signals.warned import silent
from storage.signals.watching import look, watch_on

__all__ = [
    "Place",
    "draft",
    "forget_leads",
    "give_way",
    "leave_to_the_county",
    "look",
    "looked",
    "looks",
    "note",
    "on_the_desk",
    "silent",
    "since",
    "take_back_the_countys",
    "upto",
    "upto_each",
    "watch_on",
]
