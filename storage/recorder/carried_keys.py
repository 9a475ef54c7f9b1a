"""Keys of cases handed out sealed and taken back sealed anew; the key for recovery."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Paper, Phrase, Reply, say
from storage.occasion import Occasion
from storage.recorder.handler_keys import tell_colleagues
from storage.recorder.outcome import Outcome, prepare, record
from storage.subjects import given
from storage.tables import Case, WrappedKey
from storage.vault import admission, bundles, cases, key_files, keys, recovery
from storage.vault.bundles import KeyOfCase
from storage.vault.keys import KeyHolder

LONGEST = 512  # bytes of a sealed key; what is longer is none


def held(session: Session, person: UUID) -> Sequence[KeyOfCase]:
    """List the keys of cases that are sealed to somebody's keys, old ones included."""
    own = frozenset(keys.ever(session, person))
    rows = session.execute(
        sa.select(Case, WrappedKey)
        .join(WrappedKey, col(WrappedKey.case_id) == col(Case.id))
        .where(col(WrappedKey.key_id).in_(own))
        .order_by(col(Case.number), col(WrappedKey.key_id))
    )
    found: dict[UUID, KeyOfCase] = {}
    for case, key in rows.all():
        before = found.get(case.id)
        more = before.wrapped if before else recovery.wrapped(session, case.id)
        found[case.id] = KeyOfCase(case.id, case.public, {**more, key.key_id: key.sealed})
    return list(found.values())


@record.register
def keys_taken(
    event: events.KeysTaken, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Hand out the sealed keys of one's cases, and say to whom they may be given."""
    own, lost = taken_along(session, occasion)
    kept = [*own, *lost]
    if not kept:
        raise Refused("nothing_to_share")
    lines = [
        Phrase(
            "vault.keys_for",
            {
                "name": one.name,
                "mark": one.key_id,
                "cases": count,
                "line": key_files.line(one.public),
            },
        )
        for one, count in wanting(session, occasion, kept)
    ]
    paper = Paper(f"{occasion.today:%Y-%m-%d}.qfkeys", bundles.packed(kept))
    bring = [[Button(Action.BRING_KEYS, Go(Action.BRING_KEYS))]]
    says = [
        Phrase(key, {"cases": len(some)})
        for key, some in (("vault.keys_taken", own), ("vault.keys_stranded", lost))
        if some
    ]
    whom = (
        [Phrase("vault.keys_whom"), Listing(lines)] if lines else [Phrase("vault.keys_for_nobody")]
    )
    mine = keys.ever(session, occasion.person)
    sealed = [(key_id, one.case) for key_id in mine for one in own if key_id in one.wrapped]
    by_shares = [(key_id, one.case) for one in lost for key_id in one.wrapped]
    about = noted(session, [*sealed, *by_shares])
    return Outcome([Reply([*says, *whom], bring, paper)], about=about)


def noted(session: Session, sealed: Sequence[tuple[str, UUID]]) -> str:
    """Say, for the audit log, the keys of which cases are sealed to which key."""
    return given((key_id, session.get_one(Case, case).number) for key_id, case in sealed)


def taken_along(
    session: Session, occasion: Occasion
) -> tuple[Sequence[KeyOfCase], Sequence[KeyOfCase]]:
    """List what somebody may take along: the keys of their cases, and of those nobody opens.

    The latter as they are sealed for recovery; neither of what they must stand aside from.
    """
    lost = [
        KeyOfCase(case.id, case.public, recovery.wrapped(session, case.id))
        for case in admission.unopened(session, recovery.sealed(session), occasion)
    ]
    own, lost = (
        [one for one in some if reads_still(session, one, occasion=occasion)]
        for some in (held(session, occasion.person), lost)
    )
    return own, lost


def reads_still(session: Session, key: KeyOfCase, *, occasion: Occasion) -> bool:
    """Say whether whoever takes a key along need not stand aside from its case."""
    return bool(admission.to_read(session, [session.get_one(Case, key.case)], occasion))


def wanting(
    session: Session, occasion: Occasion, kept: Sequence[KeyOfCase]
) -> Sequence[tuple[KeyHolder, int]]:
    """List the handlers who lack some of these cases and may have them, with how many."""
    found = []
    for one in keys.handlers(session, today=occasion.today):
        lacking = [key for key in kept if may_have(session, key, one, occasion=occasion)]
        if lacking:
            found.append((one, len(lacking)))
    return found


def may_have(session: Session, key: KeyOfCase, handler: KeyHolder, *, occasion: Occasion) -> bool:
    """Say whether a handler lacks a case and need not stand aside from it."""
    case = session.get(Case, key.case)
    return (
        case is not None
        and session.get(WrappedKey, (key.case, handler.key_id)) is None
        and not cases.aside(session, case, handler, keys=occasion.keys)
    )


@prepare.register
def read_keys(event: events.KeysBrought, occasion: Occasion) -> Sequence[KeyOfCase]:
    """Read the file of keys."""
    return bundles.read(occasion.file or b"")


@record.register
def keys_brought(
    event: events.KeysBrought,
    session: Session,
    occasion: Occasion,
    prepared: Sequence[KeyOfCase],
) -> Outcome:
    """Keep keys sealed anew: of cases one has or nobody opens, recusal looked at anew."""
    own = frozenset(keys.ever(session, occasion.person))
    handlers = {one.key_id: one for one in keys.handlers(session, today=occasion.today)}
    own_cases, lost = taken_along(session, occasion)
    has = {one.case for one in (*own_cases, *lost)}
    kept: list[tuple[str, UUID]] = []
    for key in prepared:
        for key_id, sealed in key.wrapped.items():
            to = handlers.get(key_id)
            fits = key.case in has and to and len(sealed) <= LONGEST
            if to and fits and may_have(session, key, to, occasion=occasion):
                session.add(WrappedKey(case_id=key.case, key_id=key_id, sealed=sealed))
                session.flush()
                kept.append((key_id, key.case))
            if to and fits and to.person == occasion.person:
                give_up(session, key.case, own - {key_id})
    if not kept:
        raise Refused("no_key_kept")
    done = say("vault.keys_kept", keys=len(kept), left_out=offered(prepared) - len(kept))
    return Outcome([done], about=noted(session, kept))


def offered(keys_: Sequence[KeyOfCase]) -> int:
    """Count the sealed keys in a file."""
    return sum(len(one.wrapped) for one in keys_)


def give_up(session: Session, case: UUID, before: frozenset[str]) -> None:
    """Forget how a case was sealed to keys that its reader has put away."""
    session.execute(
        sa.delete(WrappedKey).where(
            col(WrappedKey.case_id) == case, col(WrappedKey.key_id).in_(before)
        )
    )


@record.register
def recovery_set(
    event: events.RecoverySet, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Seal every case to a recovery key from now on, and tell every handler of it."""
    public = bytes.fromhex(event.public)
    key = recovery.put_in_force(session, public, by=occasion.person, today=occasion.today)
    tell_colleagues(session, say("vault.recovery_told", name=occasion.name, mark=key.id), occasion)
    own, private = (
        keys.current(session, occasion.person),
        occasion.memory.key_of(occasion.person, now=occasion.now),
    )
    if own and private:
        recovery.seal_earlier(session, own.id, private)
    left = recovery.left(session)
    earlier = [Phrase("vault.recovery_earlier", {"cases": left})] if left else []
    done = Reply([Phrase("vault.recovery_set", {"mark": key.id}), *earlier])
    return Outcome([done], about=key.id)
