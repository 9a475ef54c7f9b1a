"""Leaving a dialogue in which something has been filled in: asked first, and decided first."""

from dataclasses import replace

from bot.turnout import Turnout, Utterance
from dialogs.engine import Draft
from dialogs.speech import Button, Phrase, Press, Reply
from storage.conversations import Talk

LEAVING = (
    (Button(Phrase("engine.drop"), Press("drop")), Button(Phrase("engine.stay"), Press("stay"))),
)


def asking_whether(talk: Talk, *before: Phrase) -> Turnout:
    """Ask whether a dialogue is to be forgotten; what is written next is about that."""
    sure = Reply([*before, Phrase("engine.sure", {"action": talk.action})], LEAVING)
    kept = talk.at(replace(talk.draft, leaving=True))
    return Turnout([Utterance(sure, talk.reference)], kept=kept)


def staying(draft: Draft) -> Draft:
    """Go on with a draft, whatever was asked about leaving it."""
    return replace(draft, leaving=False)
