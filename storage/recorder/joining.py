"""How people come in: invitations, joining, the language they are spoken to in."""

from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.prompts import plain
from dialogs.rules.access import Action
from dialogs.speech import Go, say
from storage import languages, people
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.tables import Person


@record.register
def code_typed(
    event: events.CodeTyped, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Go on with the invitation a code belongs to; a pasted link or full-width signs will do."""
    code = plain(event.code).rsplit("=", 1)[-1].upper().replace("-", "").replace(" ", "")
    people.invited(session, occasion.keys.lookup(code), now=occasion.now)
    return Outcome(then=Go(Action.JOIN, code))


@record.register
def joined(event: events.Joined, session: Session, occasion: Occasion, prepared: None) -> Outcome:
    """Give an invited person this account."""
    account = occasion.keys.seal(str(occasion.chat).encode(), f"account:{occasion.chat_hash}")
    person = people.join(
        session,
        occasion.keys.lookup(event.code),
        account_hash=occasion.chat_hash,
        account=account,
        now=occasion.now,
    )
    languages.choose(session, occasion.chat_hash, occasion.language)
    return Outcome([say("join.welcome", name=person.name)])


@record.register
def language_chosen(
    event: events.LanguageChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Speak the chosen language from now on."""
    languages.choose(session, occasion.chat_hash, event.language)
    chosen = say("language.chosen", language=event.language)
    return Outcome([chosen], language=event.language)


@record.register
def invitation_made(
    event: events.InvitationMade, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Make an invitation and hand it to the clerk."""
    person = session.get_one(Person, event.person)
    if person.account_hash:
        raise Refused("person_taken", name=person.name)
    if not people.belonging(session, [person.id], today=occasion.today):
        raise Refused("person_left", name=person.name)
    code = people.new_code()
    code_hash = occasion.keys.lookup(code)
    people.invite(
        session, person.id, code_hash=code_hash, made_by=occasion.person, now=occasion.now
    )
    return Outcome(
        [
            say(
                "invite.made",
                name=person.name,
                until=(occasion.now + people.INVITATION_LASTS).astimezone(occasion.zone).date(),
                link=f"{occasion.bot_link}?start={code}",
                code=code,
            )
        ],
        about=person.id.hex,
    )
