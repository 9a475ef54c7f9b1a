"""Conversations of one press: a button says it all, nothing is asked."""

from collections.abc import Generator

from dialogs.engine import Dialogue
from dialogs.events import Acknowledged, ChatSwept, ContactAsked, ProgressAsked, UnreachedAsked
from dialogs.facts import About, Nothing
from dialogs.prompts import Prompt


def acknowledge(copy: About) -> Dialogue[Acknowledged]:
    """Take the word of somebody that they have read their copy."""
    yield from silence()
    return Acknowledged(copy.subject)


def show_contact(case: About) -> Dialogue[ContactAsked]:
    """Ask how the writer of a case can be reached."""
    yield from silence()
    return ContactAsked(case.subject)


def show_unreached(broadcast: About) -> Dialogue[UnreachedAsked]:
    """Ask whom a broadcast has not reached."""
    yield from silence()
    return UnreachedAsked(broadcast.subject)


def show_progress(_: Nothing) -> Dialogue[ProgressAsked]:
    """Ask how far the self-checks have come."""
    yield from silence()
    return ProgressAsked()


def sweep_chat(_: Nothing) -> Dialogue[ChatSwept]:
    """Take the word of somebody that they have copied what stands here."""
    yield from silence()
    return ChatSwept()


def silence() -> Generator[Prompt, None, None]:
    """Ask nothing."""
    yield from ()
