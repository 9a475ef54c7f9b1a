"""The desk: one update is one unit of work, from what was heard to what is to be said.

A round takes the oldest waiting update of every chat. It reads, then thinks (files are fetched,
slow work is done, no lock is held), then writes everything in one transaction. If one update
stumbles, each gets a round of its own, so that nobody's trouble is another's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.aside import Aside
from bot.channels import Message, NotSent, Undelivered
from bot.reception import Reception
from bot.turnout import Turnout, sent_back
from dialogs.errors import Refused
from dialogs.flows import FLOWS
from dialogs.messages import plain_words, render
from dialogs.prompts import Attachment
from dialogs.rules.access import UNNOTED
from dialogs.rules.calendar import Calendar
from dialogs.speech import Reply, say
from dialogs.tokens import TalkPressed
from storage import calendars, conversations, inbox, languages, outbox, people
from storage.conversations import Talk
from storage.database import Database
from storage.evidence import examine
from storage.inbox import AnsweredAlready, Arrival
from storage.memory import Memory
from storage.occasion import Occasion
from storage.outbox import Letter
from storage.recorder import prepare
from storage.sealing import Keyring
from storage.vault import pieces

log = logging.getLogger(__name__)

ENDED = 30  # minutes the end of a letter's dialogue stands, as long as a receipt


@dataclass(frozen=True)
class Round:
    """What a round did: how many updates, and the words owed to pressed buttons."""

    count: int = 0
    presses: Sequence[tuple[str, str]] = field(default=(), repr=False)


@dataclass(frozen=True)
class Visit:
    """An update at the desk: who it is from and what they had begun."""

    update_id: int
    message: Message = field(repr=False)
    occasion: Occasion
    talks: Sequence[Talk] = field(repr=False)


def nothing_comes(file: str) -> bytes:
    """Fetch nothing: a desk without a channel has nowhere to fetch from."""
    raise NotSent(file)


class Desk:
    """Answers what waits in the inbox; `fetch` gives the bytes of a file by its id."""

    def __init__(
        self,
        database: Database,
        *,
        keys: Keyring,
        decode: Callable[[bytes], Message],
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        town: str = "",
        channel: int | None = None,
        calendar: Calendar = Calendar(),
        bot_link: str = "",
        fetch: Callable[[str], bytes] = nothing_comes,
        memory: Memory | None = None,
        aside: Aside | None = None,
    ) -> None:
        self.database = database
        self.keys = keys
        self.decode = decode
        self.clock = clock
        self.zone = zone
        self.town = town
        self.channel = channel
        self.calendar = calendar
        self.bot_link = bot_link
        self.fetch = fetch
        self.memory = memory or Memory()
        self.aside = aside

    def clear_away(self) -> None:
        """Forget the pieces of letters that the last process did not come to file."""
        with self.database.writing() as session:
            pieces.forget_unfiled(session)

    def take_in(self, updates: Sequence[tuple[int, int, bytes]]) -> None:
        """Write down updates (number, chat, payload) before anybody is told that we have them."""
        arrivals = []
        for update_id, chat, payload in updates:
            chat_hash = self.keys.lookup(chat)
            arrivals.append(
                Arrival(update_id, chat_hash, self.keys.seal(payload, f"inbox:{update_id}"))
            )
        with self.database.writing() as session:
            inbox.take_in(session, arrivals, now=self.clock())

    def work(self) -> Round:
        """Answer the oldest waiting update of every chat."""
        now = self.clock()
        with self.database.reading() as session:
            arrivals = inbox.waiting(session, besides=self.aside.chats() if self.aside else ())
        if not arrivals:
            return Round()
        try:
            return self.round(arrivals, now=now)
        except Exception:  # noqa: BLE001 - whoever it was gets a round alone, and a log line there
            if len(arrivals) > 1:
                log.warning("a round stumbled; taking its %d updates one by one", len(arrivals))
        rounds = [self.alone(arrival, now=now) for arrival in arrivals]
        presses = [press for one in rounds for press in one.presses]
        return Round(len(arrivals), presses)

    def alone(self, arrival: Arrival, *, now: datetime) -> Round:
        """Answer one update; if even that fails, say so to the person and go on."""
        try:
            return self.round([arrival], now=now)
        except AnsweredAlready:
            return Round(1)
        except Exception as error:
            if isinstance(error, OperationalError) and not self.database.answers():
                raise  # the books are away: the update waits until they are back
            log.error("update %d stumbled: %s", arrival.update_id, type(error).__name__)
            return self.apologise(arrival, now=now)

    def apologise(self, arrival: Arrival, *, now: datetime) -> Round:
        """Tell a person that we stumbled; their draft stays as it was, what they wrote does not.

        An update that cannot even be read is put aside, for it would stop everybody behind it.
        """
        if self.aside:
            self.aside.forget(arrival.update_id)
        try:
            message = self.decode(self.keys.unseal(arrival.payload, f"inbox:{arrival.update_id}"))
        except Exception:  # noqa: BLE001 - whatever it is, it cannot be answered
            with self.database.writing() as session:
                inbox.done(session, [arrival.update_id], now=now)
            return Round(1)
        letter = Letter(message.chat, render(say("engine.stumbled"), message.language))
        said = [outbox.draft(letter, keys=self.keys, due_at=now)]
        if message.private and message.own:
            then = now + conversations.CONFIDENTIAL_LASTS
            said.append(outbox.sweep(message.chat, message.own, keys=self.keys, due_at=then))
        with self.database.writing() as session:
            outbox.post(session, said)
            inbox.done(session, [arrival.update_id], now=now)
        return Round(1, [(message.query, "")] if message.query else [])

    def round(self, arrivals: Sequence[Arrival], *, now: datetime) -> Round:
        """Read, think, write."""
        with self.database.reading() as session:
            visits = self.receive(session, arrivals, now=now)
            turnouts = [
                Reception(session, visit.occasion, visit.talks).hear(visit.message)
                for visit in visits
            ]
        thoughts = [
            self.thought(visit, turnout) for visit, turnout in zip(visits, turnouts, strict=True)
        ]
        visits = [
            visit for visit, thought in zip(visits, thoughts, strict=True) if thought is not None
        ]
        if not visits:
            return Round()
        with self.database.writing() as session:
            inbox.done(session, [visit.update_id for visit in visits], now=now)
            done = [
                Reception(session, visit.occasion, visit.talks).record(turnout, prepared)
                for visit, (turnout, prepared) in zip(visits, filter(None, thoughts), strict=True)
            ]
            self.file(session, visits, done, now=now)
        return Round(len(visits), self.presses(visits, done))

    def thought(self, visit: Visit, turnout: Turnout) -> tuple[Turnout, Any] | None:
        """Think about an event; None for a slow one that is thought about aside."""
        event = turnout.event or turnout.handed
        if self.aside is None or not getattr(event, "slow", False):
            return self.think(visit, turnout)
        ready = self.aside.take(visit.update_id, event)
        if ready is None:
            chat = visit.occasion.chat_hash
            self.aside.begin(visit.update_id, chat, event, partial(self.think, visit, turnout))
            return None
        if ready.failure:
            raise ready.failure
        thought, prepared = ready.result
        return (turnout if thought.event is not None else thought), prepared

    def think(self, visit: Visit, turnout: Turnout) -> tuple[Turnout, Any]:
        """Do the slow part of an event; one that is refused goes back to its question."""
        if turnout.event is None:
            return self.looked_at(turnout), None
        try:
            files = self.fetched(turnout.event)
            occasion = replace(visit.occasion, files=files, books=self.database)
            return turnout, prepare(turnout.event, occasion)
        except Refused as refused:
            return sent_back(turnout, refused), None

    def looked_at(self, turnout: Turnout) -> Turnout:
        """Look at a file that was handed in as evidence; one that is none is refused at once."""
        try:
            for content in self.fetched(turnout.handed):
                examine(content)
        except Refused as refused:
            return sent_back(turnout, refused)
        return turnout

    def fetched(self, event: Any) -> Sequence[bytes]:
        """Fetch the files of an event that wants their bytes; raise Refused if one stays away."""
        try:
            return [self.fetch(one.file) for one in attached(event)]
        except Undelivered as failure:
            log.warning("a file did not come (%s)", type(failure).__name__)
            raise Refused("file_not_fetched") from failure

    def receive(
        self, session: Session, arrivals: Sequence[Arrival], *, now: datetime
    ) -> Sequence[Visit]:
        """Open the updates and find who they are from and what those people had begun."""
        hashes = [arrival.chat_hash for arrival in arrivals]
        today = now.astimezone(self.zone).date()
        known = people.recognise(session, hashes, today=today)
        chosen = languages.chosen(session, hashes)
        talks = conversations.load(session, hashes, keys=self.keys, now=now)
        calendar = calendars.own(session, self.calendar)
        visits = []
        for arrival in arrivals:
            payload = self.keys.unseal(arrival.payload, f"inbox:{arrival.update_id}")
            message = self.decode(payload)
            occasion = Occasion(
                now=now,
                today=today,
                chat=message.chat,
                keys=self.keys,
                language=chosen.get(arrival.chat_hash, message.language),
                known=known.get(arrival.chat_hash) if message.private else None,
                pressed=message.pressed,
                bot_link=self.bot_link,
                town=self.town,
                channel=self.channel,
                memory=self.memory,
                zone=self.zone,
                calendar=calendar,
            )
            visits.append(
                Visit(arrival.update_id, message, occasion, talks.get(arrival.chat_hash, ()))
            )
        return visits

    def file(
        self,
        session: Session,
        visits: Sequence[Visit],
        turnouts: Sequence[Turnout],
        *,
        now: datetime,
    ) -> None:
        """Keep and end dialogues, and post what is to be said."""
        pairs = list(zip(visits, turnouts, strict=True))
        conversations.end(session, [talk for _, turnout in pairs for talk in turnout.ended])
        conversations.save(
            session,
            [(visit.occasion.chat_hash, turnout.kept) for visit, turnout in pairs if turnout.kept],
            keys=self.keys,
            now=now,
        )
        over = [(visit, turnout) for visit, turnout in pairs if is_over(turnout)]
        outbox.hurry(session, [visit.occasion.chat_hash for visit, _ in over], now=now)
        outbox.post(
            session,
            [
                outbox.draft(letter, keys=self.keys, due_at=now)
                for visit, turnout in pairs
                for letter in letters(visit, turnout)
            ],
        )
        outbox.post(
            session,
            [
                self.swept(visit, turnout, now=now)
                for visit, turnout in pairs
                if visit.message.own and is_swept(turnout)
            ],
        )

    def swept(self, visit: Visit, turnout: Turnout, *, now: datetime) -> outbox.Draft:
        """Have what a person wrote deleted, at the end of its dialogue or sooner."""
        due = now if is_over(turnout) else now + conversations.CONFIDENTIAL_LASTS
        return outbox.sweep(visit.message.chat, visit.message.own or 0, keys=self.keys, due_at=due)

    @staticmethod
    def presses(visits: Sequence[Visit], turnouts: Sequence[Turnout]) -> list[tuple[str, str]]:
        """List the words owed to pressed buttons; most are owed none but must not wait."""
        return [
            (
                visit.message.query,
                plain_words(turnout.alert, visit.occasion.language) if turnout.alert else "",
            )
            for visit, turnout in zip(visits, turnouts, strict=True)
            if visit.message.query
        ]


def is_swept(turnout: Turnout) -> bool:
    """Say whether what was written is deleted from the chat: of a dialogue that is, or of none.

    Where nothing waited for it, nobody knows how confidential it is.
    """
    talks = (turnout.kept, turnout.talk)
    return turnout.lost or any(talk is not None and FLOWS[talk.action].swept for talk in talks)


def is_over(turnout: Turnout) -> bool:
    """Say whether a visit ended a dialogue that is deleted from the chat."""
    return turnout.talk is not None and FLOWS[turnout.talk.action].swept


def attached(event: Any) -> Sequence[Attachment]:
    """List the files whose bytes an event wants."""
    if not getattr(event, "wants_bytes", False):
        return ()
    files: Sequence[Attachment] = event.files if hasattr(event, "files") else (event.file,)
    return [one for one in files if one]


def lasts(turnout: Turnout) -> int | None:
    """Say for how many minutes what is said stands in the chat; None for as long as the chat.

    Of a dialogue that everybody may have not even the end stays, so that nobody who takes the
    telephone reads from it that somebody spoke up.
    """
    if turnout.kept is not None:
        return conversations.CONFIDENTIAL_MINUTES if FLOWS[turnout.kept.action].swept else None
    ended = turnout.talk is not None and turnout.talk.action in UNNOTED
    return ENDED if ended and is_over(turnout) else None


def letters(visit: Visit, turnout: Turnout) -> Sequence[Letter]:
    """Write what is to be said; the first takes the place of the question that was pressed.

    A message that must be protected, or carries a paper, cannot take another's place; then the
    question only points below. What stands outside a dialogue (a menu, a notice, a case being
    read) is left standing, and a question that is about to be swept would take its answer along.
    """
    chat, pressed = visit.message.chat, visit.message.pressed
    language = turnout.language or visit.occasion.language
    marked = []
    if turnout.marks is not None and pressed is not None:
        marks = render(Reply((), turnout.marks), language)
        marked = [Letter(chat, marks, edit=pressed, buttons_only=True)]
    if turnout.redrawn is not None and pressed is not None:
        marked = [Letter(chat, render(turnout.redrawn, language), edit=pressed)]
    said = [
        Letter(
            chat,
            render(one.reply, language, talk=one.talk, prompt=one.prompt),
            lasts=lasts(turnout) if one.reply.lasts is None else one.reply.lasts or None,
        )
        for one in turnout.utterances
    ]
    asked = isinstance(visit.message.said, TalkPressed)
    if pressed is None or not asked or turnout.alert or is_over(turnout):
        return [*marked, *said]
    if said and not said[0].words.protected and said[0].words.paper is None:
        return [replace(said[0], edit=pressed), *said[1:]]
    return [Letter(chat, render(say("engine.handed_in"), language), edit=pressed), *said]
