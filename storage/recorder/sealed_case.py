"""What is put into a case and how it is shown: sealed to everybody but its readers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from nacl.public import PublicKey
from sqlmodel import Session, col, select

from dialogs.speech import Paper, Phrase, Reply
from dialogs.vocabulary import PaperKind
from storage.tables import Case, CasePaper, WrappedKey
from storage.vault import papers, recovery
from storage.vault.carried import Carried, CarriedPaper
from storage.vault.papers import Opened


def file(session: Session, case: Case, kind: PaperKind, text: str, *, today: date) -> None:
    """Seal a text to a case and put it in."""
    sealed = papers.write(case.id, kind, text, public=PublicKey(case.public))
    papers.file(session, case, [sealed], today=today)


def to_take_away(session: Session, case: Case, key_id: str) -> Paper:
    """Pack a case, sealed as it lies, for the viewer on the handler's own computer."""
    held = session.exec(
        select(CasePaper).where(CasePaper.case_id == case.id).order_by(col(CasePaper.ordinal))
    ).all()
    own = session.get_one(WrappedKey, (case.id, key_id)).sealed
    carried = Carried(
        case=case.id,
        number=case.number,
        key=key_id,
        wrapped={**recovery.wrapped(session, case.id), key_id: own},
        papers=[CarriedPaper(one.id, one.kind, one.written_on, one.sealed) for one in held],
    )
    return Paper(f"{case.number}.qfcase", carried.packed())


def shown(opened: Sequence[Opened], *, reader: str, at: datetime) -> Iterator[Reply]:
    """Show opened papers, a message each, marked with who reads them and when."""
    mark = Phrase("case.watermark", {"reader": reader, "at": at})
    for one in opened:
        if one.kind in (PaperKind.MANIFEST, PaperKind.ORIGINAL, PaperKind.COPY):
            continue
        says = Phrase(f"case.paper_{one.kind.value}", {"day": one.written_on, "text": one.text})
        yield Reply([says, mark])
