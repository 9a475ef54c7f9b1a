"""A message changed after it was sent: what was answered stays, and whoever wrote it hears so."""

from collections.abc import Sequence
from datetime import timedelta

from bot.turnout import Turnout, replies
from dialogs.flows import FLOWS
from dialogs.speech import Phrase, Reply
from storage.conversations import CONFIDENTIAL_MINUTES, Talk
from storage.occasion import Occasion

ONCE_IN = timedelta(minutes=1)


def reworded(occasion: Occasion, talks: Sequence[Talk]) -> Turnout:
    """Say that a changed message changes no answer, and how to change one; once in a minute.

    A round that is gone through again at the same moment says the same again.
    """
    memory, now = occasion.memory, occasion.now
    told = memory.lately("reworded", occasion.chat, within=ONCE_IN, now=now)
    if any(at < now for at in told):
        return Turnout()
    memory.count("reworded", occasion.chat, within=ONCE_IN, now=now)
    talk = next((talk for talk in talks if talk.current), None)
    if talk is None:
        return replies(Reply([Phrase("engine.reworded")]))
    if FLOWS[talk.action].swept:
        return replies(Reply([Phrase("engine.reworded_letter")], lasts=CONFIDENTIAL_MINUTES))
    return replies(Reply([Phrase("engine.reworded_answer")]))
