"""Matters: accepted for a process, taken step by step, found again by number."""

from storage.matters.accepting import accept, new_number, process_in_force
from storage.matters.handling import Mover, move
from storage.matters.listing import Told, at_hand, for_the_day, told
from storage.matters.owing import charges, keep_due
from storage.matters.reading import (
    Deed,
    Sheet,
    by_number,
    conditions,
    deeds,
    find,
    may_handle,
    may_see,
    running,
    sheet,
    steps,
)

__all__ = [
    "Deed",
    "Mover",
    "Sheet",
    "Told",
    "accept",
    "at_hand",
    "by_number",
    "charges",
    "conditions",
    "deeds",
    "find",
    "for_the_day",
    "keep_due",
    "may_handle",
    "may_see",
    "move",
    "new_number",
    "process_in_force",
    "running",
    "sheet",
    "steps",
    "told",
]
