"""What the addressee of a warning does: sign for it, reply, ask for more time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from pydantic_core import from_json, to_json
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import ExtensionAsked, WarningReplied
from dialogs.vocabulary import ReplyPart, WarningMove
from storage.sealing import Keyring
from storage.tables import GradedWarning, ReplyComment, WarningFile, WarningReply
from storage.warnings.issuing import close_days
from storage.warnings.noting import opened, sealed
from storage.warnings.reading import find, latest_day
from storage.warnings.taking import Mover, Received, go, must_take


@dataclass(frozen=True)
class Replied:
    """A version of a reply, opened: what was said, with which files, and what was said of it.

    The files of earlier versions go on with it.
    """

    id: UUID
    version: int
    at: datetime
    cause: str = field(repr=False)
    correction: str = field(repr=False)
    correct_by: date
    pledge: str = field(repr=False)
    files: Sequence[str]
    comments: Mapping[ReplyPart, str] = field(repr=False)

    def differs(self, before: "Replied") -> Sequence[ReplyPart]:
        """List the parts that are not as they were in an earlier version."""
        same = {
            ReplyPart.CAUSE: self.cause == before.cause,
            ReplyPart.CORRECTION: (self.correction, self.correct_by)
            == (before.correction, before.correct_by),
            ReplyPart.EVIDENCE: self.files == before.files,
            ReplyPart.PLEDGE: self.pledge == before.pledge,
        }
        return [part for part in ReplyPart if not same[part]]


def sign(session: Session, warning_id: UUID, mover: Mover) -> GradedWarning:
    """Sign for a warning; raise Refused unless it is addressed to whoever signs."""
    return stepped(session, warning_id, WarningMove.SIGN, mover)


def ask_for_time(session: Session, asked: ExtensionAsked, mover: Mover) -> GradedWarning:
    """Ask for more time; raise Refused once the day is over, or while a word is awaited.

    However often it is given, it ends so many days after the day the reply first had.
    """
    warning = find(session, asked.warning)
    step = must_take(session, warning, WarningMove.ASK_EXTENSION, mover, seen=None)
    latest = latest_day(session, warning)
    if warning.due_on and latest and not warning.due_on < asked.until <= latest:
        raise Refused("extension_out_of_range", latest=latest)
    go(session, warning, step, mover, text=asked.reason, due_on=asked.until)
    warning.asked_until, warning.asker_id = asked.until, mover.person
    session.add(warning)
    return warning


def reply(
    session: Session, replied: WarningReplied, mover: Mover, *, files: Received = ()
) -> GradedWarning:
    """Write the next version of a reply down, with its files; what was asked for is answered."""
    warning = stepped(session, replied.warning, WarningMove.REPLY, mover)
    before = last_reply(session, warning.id)
    id_ = uuid4()
    said = {"cause": replied.cause, "correction": replied.correction, "pledge": replied.pledge}
    session.add(
        WarningReply(
            id=id_,
            warning_id=warning.id,
            version=before.version + 1 if before else 1,
            person_id=mover.person,
            replied_at=mover.now,
            correct_by=replied.correct_by,
            sheet=sealed(to_json(said).decode(), "reply", id_, keys=mover.keys),
        )
    )
    session.flush()
    put_in(session, warning.id, files, keys=mover.keys, reply=id_)
    close_days(session, warning.id, now=mover.now)
    warning.asked_until = warning.asker_id = None
    return warning


def stepped(session: Session, warning_id: UUID, move: WarningMove, mover: Mover) -> GradedWarning:
    """Take a step of the addressee."""
    warning = find(session, warning_id)
    step = must_take(session, warning, move, mover, seen=None)
    go(session, warning, step, mover)
    return warning


def last_reply(session: Session, warning: UUID) -> WarningReply | None:
    """Find the newest version of a reply."""
    return session.exec(
        select(WarningReply)
        .where(WarningReply.warning_id == warning)
        .order_by(col(WarningReply.version).desc())
    ).first()


def replies(session: Session, warning: UUID, *, keys: Keyring) -> Sequence[Replied]:
    """Open every version of a reply, the oldest first."""
    rows = session.exec(
        select(WarningReply)
        .where(WarningReply.warning_id == warning)
        .order_by(col(WarningReply.version))
    ).all()
    return [open_reply(session, row, keys=keys) for row in rows]


def open_reply(session: Session, row: WarningReply, *, keys: Keyring) -> Replied:
    """Open a version of a reply."""
    said = from_json(opened(row.sheet, "reply", row.id, keys=keys))
    comments = session.exec(select(ReplyComment).where(ReplyComment.reply_id == row.id)).all()
    names = session.execute(
        sa.select(col(WarningFile.name))
        .join(WarningReply, col(WarningReply.id) == col(WarningFile.reply_id))
        .where(
            col(WarningReply.warning_id) == row.warning_id,
            col(WarningReply.version) <= row.version,
        )
        .order_by(col(WarningReply.version), col(WarningFile.ordinal))
    )
    return Replied(
        id=row.id,
        version=row.version,
        at=row.replied_at,
        correct_by=row.correct_by,
        files=tuple(names.scalars()),
        comments={
            one.part: opened(one.text, f"comment:{one.part}", row.id, keys=keys) for one in comments
        },
        **said,
    )


def put_in(
    session: Session,
    warning: UUID,
    files: Received,
    *,
    keys: Keyring,
    reply: UUID | None = None,
) -> None:
    """Keep the files that came with a reply, or with a lifting, sealed."""
    for ordinal, (kind, name, content) in enumerate(files, 1):
        id_ = uuid4()
        session.add(
            WarningFile(
                id=id_,
                warning_id=warning,
                reply_id=reply,
                ordinal=ordinal,
                name=name,
                kind=kind,
                content=keys.seal(content, f"warning:{id_}:file"),
            )
        )
    session.flush()


def files_of(
    session: Session, warning: UUID, *, keys: Keyring
) -> Sequence[tuple[WarningFile, bytes]]:
    """Open the files of the replies to a warning, the oldest first, then those it was lifted on."""
    rows = session.exec(
        select(WarningFile)
        .join(WarningReply, col(WarningReply.id) == col(WarningFile.reply_id), isouter=True)
        .where(WarningFile.warning_id == warning)
        .order_by(
            col(WarningFile.reply_id).is_(None),
            col(WarningReply.version),
            col(WarningFile.ordinal),
        )
    ).all()
    return [(one, keys.unseal(one.content, f"warning:{one.id}:file")) for one in rows]


def has_files(session: Session, warning: UUID) -> bool:
    """Say whether any file was handed in about a warning."""
    return (
        session.exec(select(WarningFile.id).where(WarningFile.warning_id == warning)).first()
        is not None
    )
