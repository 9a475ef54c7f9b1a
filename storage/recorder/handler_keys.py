"""Handlers' keys: made, given, unlocked; a new key takes over what the old one could open."""

from collections.abc import Sequence
from datetime import timedelta

from nacl.public import PrivateKey
from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Phrase, Reply, say
from dialogs.vocabulary import Viewing
from storage import letters
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.subjects import given
from storage.tables import Case
from storage.vault import admission, cases, keys, recovery, sharing
from storage.vault.keys import NewKey


@prepare.register
def make_key(event: events.KeyMade, occasion: Occasion) -> NewKey:
    """Make a pair of keys and lock the private one."""
    return keys.made(event.passphrase, keys=occasion.keys)


@record.register
def key_made(
    event: events.KeyMade, session: Session, occasion: Occasion, prepared: NewKey
) -> Outcome:
    """Put a key for reading in the chat in force."""
    return take_over(session, occasion, prepared, gives_up=event.gives_up)


@record.register
def key_given(
    event: events.KeyGiven, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Put a key that was made on the handler's own computer in force."""
    public = bytes.fromhex(event.public)
    new = NewKey(keys.fingerprint(public), public, Viewing.OFFLINE)
    before = keys.current(session, occasion.person)
    if before and before.id == new.id:
        raise Refused("key_known")
    if keys.was_in_force(session, new.id) or not keys.can_be_sealed_to(public):
        raise Refused("no_public_key")
    return take_over(session, occasion, new, gives_up=event.gives_up)


def take_over(
    session: Session, occasion: Occasion, new: NewKey, *, gives_up: bool = False
) -> Outcome:
    """Put a key in force; what the one before could open is sealed to it, if that is unlocked.

    Who `gives_up` the cases of a forgotten passphrase has them again from a colleague.
    """
    before = keys.current(session, occasion.person)
    private = occasion.memory.key_of(occasion.person, now=occasion.now)
    if before and gives_up and private is None:
        keys.forget(session, before.id)
    waiting = cases.sealed_to(session, before.id) if before else ()
    if waiting and private is None and before and before.viewing is Viewing.IN_CHAT:
        raise Refused("unlock_first", cases=len(waiting))
    keys.put_in_force(session, occasion.person, new, today=occasion.today)
    tell_colleagues(session, say("vault.key_told", name=occasion.name, mark=new.id), occasion)
    given = 0
    if before and private:
        given = passed_on(session, occasion, waiting, old=before.id, private=private)
        keys.forget(session, before.id)
    occasion.memory.lock(occasion.person)
    says = [Phrase(f"vault.key_set_{new.viewing.value}", {"mark": new.id, "cases": given})]
    if given == len(waiting):
        return Outcome([Reply(says)], about=new.id)
    left = {"cases": len(waiting) - given}
    if private:
        return Outcome([Reply([*says, Phrase("vault.key_not_given", left)])], about=new.id)
    take = [[Button(Action.TAKE_KEYS, Go(Action.TAKE_KEYS))]]
    return Outcome([Reply([*says, Phrase("vault.still_old", left)], take)], about=new.id)


def tell_colleagues(session: Session, says: Reply, occasion: Occasion) -> None:
    """Tell the other handlers to what letters are sealed from now on, lest nobody notice."""
    told = [
        one.person
        for one in keys.handlers(session, today=occasion.today)
        if one.person != occasion.person
    ]
    letters.tell(session, told, says, keys=occasion.keys, now=occasion.now)


def passed_on(
    session: Session, occasion: Occasion, waiting: Sequence[Case], *, old: str, private: PrivateKey
) -> int:
    """Seal cases to the key its holder has now, recusal looked at anew; say how many were given."""
    return sum(
        cases.grant(
            session, case, cases.key_of(session, case, old, private), one, keys=occasion.keys
        )
        for one in keys.handlers(session, today=occasion.today)
        if one.person == occasion.person
        for case in waiting
    )


@prepare.register
def unlock(event: events.VaultUnlocked, occasion: Occasion) -> tuple[str, PrivateKey]:
    """Unlock a key; so many wrong passphrases in a time, and no more."""
    with occasion.shelf.reading() as session:
        key = keys.current(session, occasion.person)
    if key is None or key.locked is None:
        raise Refused("no_key_yet")
    occasion.memory.must_not_hurry(
        "unlock",
        str(occasion.person),
        most=number("receipt_tries"),
        within=timedelta(minutes=15),
        now=occasion.now,
    )
    return key.id, keys.unlocked(key.id, key.locked, event.passphrase, keys=occasion.keys)


@record.register
def vault_unlocked(
    event: events.VaultUnlocked,
    session: Session,
    occasion: Occasion,
    prepared: tuple[str, PrivateKey],
) -> Outcome:
    """Hold the key for some minutes and show the list; name colleagues who lack cases."""
    key_id, private = prepared
    minutes = number("vault_minutes")
    until = occasion.now + timedelta(minutes=minutes)
    occasion.memory.unlock(occasion.person, private, until=until)
    buttons = to_share(session, occasion, key_id)
    says = [Phrase("vault.unlocked", {"minutes": minutes})]
    if sealed := recovery.seal_earlier(session, key_id, private):
        left = recovery.left(session)
        says.append(Phrase("vault.recovery_sealed", {"cases": sealed, "left": left}))
    stranded = admission.to_read(session, admission.stranded(session, occasion), occasion)
    if by_shares := recovery.opens(session, stranded):
        says.append(Phrase("vault.stranded", {"cases": len(by_shares)}))
        buttons.append([Button(Action.TAKE_KEYS, Go(Action.TAKE_KEYS))])
    return Outcome([Reply(says, buttons)], then=Go(Action.CASES), about=key_id)


def to_share(session: Session, occasion: Occasion, key_id: str) -> list[list[Button]]:
    """Offer to give colleagues the cases they lack."""
    return [
        [
            Button(
                Phrase("vault.share_button", {"name": colleague.name, "cases": len(lacking)}),
                Go(Action.SHARE_CASES, colleague.person.hex),
            )
        ]
        for colleague, lacking in sharing.lacking(session, occasion, key_id)
    ]


@record.register
def cases_shared(
    event: events.CasesShared, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Seal to a colleague what lay in the vault before their key, recusal looked at anew."""
    own = keys.current(session, occasion.person)
    private = occasion.memory.key_of(occasion.person, now=occasion.now)
    if own is None or private is None:
        raise Refused("vault_locked")
    waiting = sharing.lacking(session, occasion, own.id)
    found = [(one, lack) for one, lack in waiting if one.person == event.person]
    if not found:
        raise Refused("nothing_to_share")
    ((colleague, lacking),) = found
    for case in lacking:
        key = cases.key_of(session, case, own.id, private)
        cases.grant(session, case, key, colleague, keys=occasion.keys)
    done = say("vault.shared", name=colleague.name, cases=len(lacking))
    about = given((colleague.key_id, case.number) for case in lacking)
    return Outcome([done], about=about)
