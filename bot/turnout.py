"""What a visit comes to, before it is written down: what is said, kept, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from dialogs.engine import Asked
from dialogs.errors import Refused
from dialogs.facts import PostToCheck, SelfCheckToFillIn
from dialogs.presentation import present
from dialogs.prompts import Attachment, Handing, Recounting, reference
from dialogs.rules.access import UNNOTED, Action
from dialogs.speech import Button, Go, Phrase, Reply
from dialogs.vocabulary import Language
from storage.conversations import Talk

Undertaking: TypeAlias = tuple[Action, str]  # what somebody sets out to do, and about what


@dataclass(frozen=True)
class Utterance:
    """A reply, and the dialogue and prompt its buttons refer to."""

    reply: Reply
    talk: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Handed:
    """A file that was just handed in as evidence, to be looked at before it is taken."""

    slow: ClassVar[bool] = True
    wants_bytes: ClassVar[bool] = True
    file: Attachment


@dataclass(frozen=True)
class Turnout:
    """What a visit came to, so far.

    `event` has still to be recorded, or what was `handed` in to be looked at; should that be
    refused, `asked` is the question it goes back to. `denied` is what somebody set out to do, about
    what, and may not. `kept` is a dialogue to keep, `ended` those to forget. `marks` replace the
    buttons of the message that was pressed, `redrawn` all of it. `language` is one chosen just now,
    `looked` whether the dialogue showed what is noted as read; `talk` is the dialogue that ended
    with it. `lost` is whether nothing waited for what was written.
    """

    utterances: Sequence[Utterance] = ()
    kept: Talk | None = None
    ended: Sequence[UUID] = ()
    alert: Phrase | None = None
    marks: Sequence[Sequence[Button]] | None = None
    redrawn: Reply | None = None
    language: Language | None = None
    event: Any = field(default=None, repr=False)
    handed: Handed | None = None
    talk: Talk | None = None
    asked: Asked | None = None
    denied: Undertaking | None = None
    looked: bool = False
    lost: bool = False


def denied(undertaken: Undertaking | None, refused: Refused) -> Undertaking | None:
    """Say what of it is noted when somebody is refused what they set out to do; None if nothing."""
    if undertaken is None or not refused.is_denial:
        return None
    action, subject = undertaken
    return action, refused.about or ("" if action in UNNOTED else subject)


def replies(*said: Reply) -> Turnout:
    """Say something and change nothing."""
    return Turnout([Utterance(reply) for reply in said])


def utter(talk: Talk, asked: Asked) -> Utterance:
    """Put the question a dialogue waits at."""
    return Utterance(present(asked), talk.reference, reference(asked.prompt.key))


def handed_in(asked: Asked) -> Handed | None:
    """Find the file that was just taken as an answer, if it is evidence."""
    step = asked.taken
    if step is None or not isinstance(step.answer, dict):
        return None
    prompt = step.prompt.recording if isinstance(step.prompt, Recounting) else step.prompt
    if not isinstance(prompt, Handing) or not prompt.evidence:
        return None
    return Handed(Handing.value(prompt, step.answer))


def take_up_button(talk: Talk) -> Button:
    """Offer to go on with an unfinished dialogue, by the name of what it is about."""
    says = Phrase("menu.resume", {"action": talk.action})
    if isinstance(talk.told, PostToCheck):
        says = Phrase("menu.resume_post", {"post": talk.told.title})
    if isinstance(talk.told, SelfCheckToFillIn) and talk.told.chosen:
        chosen = talk.told.chosen
        says = Phrase("menu.resume_for", {"post": chosen.post, "holder": chosen.holder})
    return Button(says, Go(talk.action, talk.subject))


def sent_back(turnout: Turnout, refused: Refused) -> Turnout:
    """Go back to the last question with the reason; nothing that was said is lost."""
    talk = turnout.talk or turnout.kept
    kept_from = denied((talk.action, talk.subject) if talk else None, refused)
    if turnout.asked is None or talk is None:
        return Turnout(ended=turnout.ended, alert=refused.phrase, denied=kept_from)
    asked = replace(turnout.asked, refusal=refused.phrase)
    kept = talk.at(asked.draft)
    return Turnout([utter(talk, asked)], kept=kept, denied=kept_from)
