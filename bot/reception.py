"""What one visit comes to: the menu, a dialogue begun or gone on with, an event, a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.channels import Command, Message, Reworded
from bot.leaving import LEAVING, asking_whether, staying
from bot.naming import named, named_among
from bot.offering import offers
from bot.rewording import reworded
from bot.turnout import (
    Turnout,
    Undertaking,
    Utterance,
    denied,
    handed_in,
    replies,
    sent_back,
    take_up_button,
    utter,
)
from dialogs.engine import Asked, Dialogue, Ended, Stale, advance, resume
from dialogs.errors import Refused
from dialogs.facts import Interrupted
from dialogs.flows import FLOWS
from dialogs.prompts import Heard, Pressed, Sent, Wrote
from dialogs.receipt import read_receipt
from dialogs.rules import access
from dialogs.rules.access import SHOWS_AT_ONCE, UNNOTED, Action, Section, may, menu
from dialogs.speech import Button, Go, Link, Phrase, Reply, say
from dialogs.tokens import TalkPressed
from dialogs.vocabulary import Verdict
from storage import audit
from storage.audit import Deed
from storage.briefing import brief, recall
from storage.conversations import CONFIDENTIAL_MINUTES, Talk
from storage.occasion import Occasion
from storage.recorder import record

LONGEST_NAME = 200  # characters of a text that may name a button
MENU = "menu"  # what a button carries that leads to the menu
MOVED_BY_OTHERS = frozenset({Action.CASES, Action.ANSWER_CASE, Action.HANDLE_WARNING})


class Reception:
    """Receives one visit; `hear` only reads, `record` writes."""

    def __init__(self, session: Session, occasion: Occasion, talks: Sequence[Talk]) -> None:
        self.session = session
        self.occasion = occasion
        self.talks = talks
        self.doing: Undertaking | None = None

    def hear(self, message: Message) -> Turnout:
        """Work out what a message comes to, and leave nobody without a way on."""
        return self.with_way_on(self.heard(message))

    def with_way_on(self, turnout: Turnout) -> Turnout:
        """Put a way on under the last thing said, where it has no buttons of its own."""
        if not turnout.utterances:
            return turnout
        *before, last = turnout.utterances
        gone = {*turnout.ended}
        going = [talk for talk in self.talks if talk.current and talk.id not in gone]
        row = [take_up_button(talk) for talk in going]
        if last.reply.buttons and not (last.reply.aside and row):
            return turnout
        row = row or [Button(Phrase("menu.button"), Go(MENU))]
        swept = any(FLOWS[talk.action].swept for talk in going)
        lasts = CONFIDENTIAL_MINUTES if swept else last.reply.lasts
        shown = replace(last.reply, buttons=[*last.reply.buttons, row], lasts=lasts)
        return replace(turnout, utterances=[*before, replace(last, reply=shown)])

    def heard(self, message: Message) -> Turnout:
        """Work out what a message comes to."""
        if not message.private:
            spoken = isinstance(message.said, Command)
            link = [[Button(Phrase("menu.private"), Link(self.occasion.bot_link))]]
            says = Phrase("engine.private_only")
            return replies(Reply([says], link)) if spoken else Turnout()
        try:
            return self.sort(message)
        except Refused as refused:
            kept_from = denied(self.doing, refused)
            if message.query and message.pressed and not refused.is_long:
                return Turnout(alert=refused.phrase, denied=kept_from)
            return replace(replies(Reply([refused.phrase])), denied=kept_from, lost=True)

    def sort(self, message: Message) -> Turnout:
        """Sort a message to where it belongs."""
        match message.said:
            case Command(name, argument):
                return self.command(name, argument)
            case Go(action, subject):
                return self.go(action, subject)
            case TalkPressed(talk, pressed):
                return self.press(talk, pressed)
            case Wrote() | Sent():
                return self.go_on(message.said)
            case Reworded():
                return reworded(self.occasion, self.talks)
            case None:
                raise Refused("unknown_action" if message.query else "not_understood")

    def command(self, name: str, argument: str) -> Turnout:
        """Do what a command says."""
        match name:
            case "start" if argument:
                return self.begin(Action.JOIN, argument)
            case "start" | "menu":
                return replies(self.menu())
            case "help":
                return replies(say("notice.help"))
            case "privacy" | "language":
                return self.begin(Action(name), "")
            case "cancel":
                return self.cancel()
            case _:
                raise Refused("not_understood")

    def menu(self, page: str = "") -> Reply:
        """Lay out what this person can do; unfinished things first, confidential ones never.

        `page` is a section; left out, it is the first page, from which the sections open.
        """
        if page in list(Section):
            return self.section(Section(page))
        known = self.occasion.known
        greeting = Phrase("menu.greeting_stranger")
        if known:
            greeting = Phrase("menu.greeting", {"name": known.name})
        unfinished = [
            [take_up_button(talk)]
            for talk in self.talks
            if not FLOWS[talk.action].confidential and talk.action is not Action.JOIN
            if may(self.occasion.roles, talk.action) and not self.over(talk)
        ]
        taken_up = {button.does for row in unfinished for button in row}
        own = menu(self.occasion.roles)
        offered = [
            [button]
            for action in own
            if action not in access.SECTIONS
            for button in offers(self.session, self.occasion, action)
            if button.does not in taken_up
        ]
        sections = [
            [Button(one, Go(MENU, one) if isinstance(one, Section) else Go(one))]
            for one in access.entrances(own)
        ]
        title = Phrase("menu.title", {"greeting": greeting})
        return Reply([title], [*unfinished, *offered, *sections])

    def section(self, section: Section) -> Reply:
        """Lay out one section of the menu, and the way back."""
        offered = [
            [button]
            for action in menu(self.occasion.roles)
            if access.SECTIONS.get(action) is section
            for button in offers(self.session, self.occasion, action)
        ]
        back = [Button(Phrase("menu.button"), Go(MENU))]
        return Reply([Phrase("menu.section", {"section": section})], [*offered, back])

    def cancel(self) -> Turnout:
        """Forget the dialogue that is going on."""
        for talk in self.talks:
            if talk.current:
                return self.leave(talk)
        return replies(say("engine.nothing_to_cancel"))

    def leave(self, talk: Talk) -> Turnout:
        """Forget a dialogue; ask first where something has been filled in."""
        if not (talk.draft.answers or talk.draft.kept):
            return self.forget(talk)
        return asking_whether(talk)

    def decide(self, talk: Talk, heard: Heard) -> Turnout:
        """Take what is written while it is asked whether a dialogue is to be forgotten."""
        does = named_among(LEAVING, heard.text) if isinstance(heard, Wrote) else None
        if does:
            return self.pressed(talk, Pressed("", does.act))
        return asking_whether(talk, Phrase("engine.decide_first"))

    @staticmethod
    def forget(talk: Talk) -> Turnout:
        """Forget a dialogue and say so."""
        said = replies(say("engine.cancelled", action=talk.action))
        return replace(said, ended=[talk.id], talk=talk)

    def go(self, action: str, subject: str) -> Turnout:
        """Begin what a button offers, or go on with it."""
        if action == MENU:
            return replies(self.menu(subject))
        try:
            return self.begin(Action(action), subject)
        except ValueError:
            raise Refused("unknown_action") from None

    def begin(self, action: Action, subject: str) -> Turnout:
        """Begin an action, or take it up where it was left; a new invitation begins anew."""
        self.doing = (action, subject)
        if not may(self.occasion.roles, action):
            raise Refused("not_allowed")
        anew = action is Action.LANGUAGE or (action is Action.JOIN and bool(subject))
        key = "" if action is Action.JOIN else subject
        before = next((t for t in self.talks if (t.action, t.subject) == (action, key)), None)
        moved = action in MOVED_BY_OTHERS  # what these are told may be otherwise by now
        if before and not anew and not moved:
            return self.take_up(before)
        told = brief(self.session, action, subject, occasion=self.occasion)
        if before and moved and told == before.told:
            return self.take_up(before)
        if action is Action.LANGUAGE:
            told = Interrupted(self.interrupted())
        talk = Talk(action, key, told)
        ended = [before.id] if before else []
        turn = resume(self.beginning(talk), talk.draft)
        turned = self.turned(talk, turn)
        enclosed = [Utterance(reply) for reply in FLOWS[action].encloses(told)]
        return replace(
            turned,
            utterances=[*enclosed, *turned.utterances],
            ended=ended,
            looked=action in SHOWS_AT_ONCE,
        )

    def interrupted(self) -> str:
        """Name the dialogue that a choice of language interrupts, to go on with afterwards."""
        for talk in self.talks:
            if talk.current:
                return talk.told.talk if talk.action is Action.LANGUAGE else talk.reference
        return ""

    def beginning(self, talk: Talk) -> Callable[[], Dialogue[Any]]:
        """Give the way a dialogue begins, to be gone as often as it is replayed."""
        return partial(FLOWS[talk.action].begin, recall(talk.told, self.session))

    def waiting_at(self, talk: Talk) -> Asked | None:
        """Find the question a dialogue waits at."""
        turn = resume(self.beginning(talk), talk.draft)
        return turn if isinstance(turn, Asked) else None

    def take_up(self, talk: Talk) -> Turnout:
        """Go on with an unfinished dialogue."""
        if ended := self.over(talk):
            return ended
        turn = resume(self.beginning(talk), staying(talk.draft))
        if isinstance(turn, Asked):
            resumed = Phrase("engine.resumed", {"action": talk.action})
            turn = replace(turn, told=(resumed, *turn.told))
        return self.turned(talk, turn)

    def go_on(self, heard: Heard) -> Turnout:
        """Take what was written or sent as the answer to the question that waits."""
        talk = next((talk for talk in self.talks if talk.current), None)
        if talk is None:
            return self.unasked(heard)
        if talk.draft.leaving:
            return self.decide(talk, heard)
        if button := self.named(talk, heard):
            return self.pressed(talk, button)
        return self.over(talk) or self.turned(talk, self.advanced(talk, heard))

    def unasked(self, heard: Heard) -> Turnout:
        """Take a receipt that was just pasted; of anything else say that nothing waits for it."""
        if not isinstance(heard, Wrote):
            raise Refused("file_unasked")
        asking = self.begin(Action.ASK_AFTER, "").kept if read_receipt(heard.text) else None
        if asking:
            return self.turned(asking, self.advanced(asking, heard))
        understood = replies(Reply([Phrase("refused.not_understood")]), self.menu())
        return replace(understood, lost=True)

    def named(self, talk: Talk, heard: Heard) -> Pressed | None:
        """Find the button of the question that waits, if somebody typed what it says."""
        if not isinstance(heard, Wrote) or len(heard.text) > LONGEST_NAME:
            return None
        asked = self.waiting_at(talk)
        return named(asked, heard.text) if asked and not asked.changed else None

    def press(self, mark: str, pressed: Pressed) -> Turnout:
        """Take a pressed button as an answer to its question."""
        talk = next((talk for talk in self.talks if talk.reference == mark), None)
        if talk is None:
            return Turnout(alert=Phrase("engine.over"))
        return self.pressed(talk, pressed)

    def pressed(self, talk: Talk, pressed: Pressed) -> Turnout:
        """Leave a dialogue, stay in it, or take the button as an answer."""
        match pressed.act:
            case "cancel":
                return self.leave(talk)
            case "drop":
                return self.forget(talk)
            case "stay":
                return self.begin(talk.action, talk.subject)
            case _:
                return self.over(talk) or self.turned(talk, self.advanced(talk, pressed))

    def over(self, talk: Talk) -> Turnout | None:
        """End a dialogue about a post that its person holds no more, and say so."""
        if talk.action is not Action.SELF_CHECK:
            return None
        if talk.told.post in self.occasion.standing.posts:
            return None
        ended = say("self_check.over", post=talk.told.title)
        return replace(replies(ended), ended=[talk.id])

    def advanced(self, talk: Talk, heard: Heard) -> Any:
        """Apply what was heard to a dialogue; what it may not do any more is refused."""
        self.doing = (talk.action, talk.subject)
        if not may(self.occasion.roles, talk.action):
            raise Refused("not_allowed")
        draft = staying(talk.draft)
        return advance(self.beginning(talk), draft, heard, today=self.occasion.today)

    def turned(self, talk: Talk, turn: Asked | Ended[Any] | Stale) -> Turnout:
        """Say what a turn of a dialogue comes to."""
        match turn:
            case Stale():
                return Turnout(alert=Phrase("engine.stale"))
            case Asked():
                handed = handed_in(turn)
                asked = self.waiting_at(talk) if handed else None
                kept = talk.at(turn.draft)
                return Turnout([utter(talk, turn)], kept=kept, handed=handed, asked=asked)
            case Ended(None, told):
                given_up = Reply([*told, Phrase("engine.given_up")])
                return replace(replies(given_up), ended=[talk.id], talk=talk)
            case Ended(event):
                return Turnout(ended=[talk.id], event=event, talk=talk, asked=turn.asked)

    def record(self, turnout: Turnout, prepared: Any) -> Turnout:
        """Write the event of a visit down and say what came of it."""
        if turnout.denied:
            self.note(Verdict.REFUSED, *turnout.denied)
        if turnout.looked and turnout.kept:
            self.note(Verdict.READ, turnout.kept.action, turnout.kept.subject)
        if turnout.event is None or turnout.talk is None:
            return turnout
        action, subject = turnout.talk.action, turnout.talk.subject
        try:
            with self.session.begin_nested():
                outcome = record(turnout.event, self.session, self.occasion, prepared)
        except Refused as refused:
            back = sent_back(turnout, refused)
            if back.denied:
                self.note(Verdict.REFUSED, *back.denied)
            return back
        verdict = outcome.verdict or access.verdict_of(action)
        self.note(verdict, action, outcome.about or subject)
        done = Turnout(
            [Utterance(reply) for reply in outcome.replies],
            ended=turnout.ended,
            alert=outcome.alert,
            marks=outcome.marks,
            redrawn=outcome.redrawn,
            language=outcome.language,
            talk=turnout.talk,
        )
        then = self.following(turnout.talk, outcome.then)
        if then is None:
            return self.with_way_on(done)
        return replace(
            done,
            utterances=[*done.utterances, *then.utterances],
            kept=then.kept,
            ended=[*done.ended, *then.ended],
        )

    def following(self, talk: Talk, then: Go | None) -> Turnout | None:
        """Begin what follows an event; after a choice of language, go on where one was."""
        self.talks = [one for one in self.talks if one.id != talk.id]  # that one is over
        try:
            if then is not None:
                return self.go(then.action, then.subject)
            if talk.action is Action.LANGUAGE:
                before = [one for one in self.talks if one.reference == talk.told.talk]
                return self.begin(before[0].action, before[0].subject) if before else None
        except Refused as refused:
            return replies(Reply([refused.phrase]))
        return None

    def note(self, verdict: Verdict, action: Action, subject: str = "") -> None:
        """Note a deed, a reading or a refusal; of a stranger neither name nor what they forged."""
        known = self.occasion.known
        if action in UNNOTED and verdict is not Verdict.REFUSED:
            return
        person, about = (known.person, subject) if known else (None, "")
        audit.note(self.session, [Deed(person, verdict, action, about)], now=self.occasion.now)
