"""What is put into a case and how it is shown: sealed to everybody but its readers."""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from nacl.public import PublicKey
from sqlmodel import Session, select

from dialogs.speech import Paper, Phrase, Reply
from dialogs.vocabulary import PaperKind
from storage.tables import Case, CasePaper, WrappedKey
from storage.vault import papers
from storage.vault.papers import Opened

FITTING = 3600  # of the 4,096 signs of a message; the rest is for what stands around a text


def file(session: Session, case: Case, kind: PaperKind, text: str, *, today: date) -> None:
    """Seal a text to a case and put it in."""
    sealed = papers.write(case.id, kind, text, public=PublicKey(case.public))
    papers.file(session, case, [sealed], today=today)


def to_take_away(session: Session, case: Case, key_id: str) -> Paper:
    """Pack a case, sealed as it lies, for the viewer on the handler's own computer."""
    held = session.exec(select(CasePaper).where(CasePaper.case_id == case.id)).all()
    packed = {
        "v": 2,
        "case": case.id.hex,
        "number": case.number,
        "key": key_id,
        "wrapped": b64(session.get_one(WrappedKey, (case.id, key_id)).sealed),
        "papers": [
            {
                "id": one.id.hex,
                "kind": one.kind.value,
                "on": one.written_on.isoformat(),
                "sealed": b64(one.sealed),
            }
            for one in sorted(held, key=lambda one: one.ordinal)
        ],
    }
    return Paper(f"{case.number}.qfcase", json.dumps(packed).encode())


def b64(content: bytes) -> str:
    """Write bytes as letters."""
    return b64encode(content).decode()


def shown(opened: Sequence[Opened], *, reader: str, at: datetime) -> Iterator[Reply]:
    """Show opened papers, a message each, marked with who reads them and when."""
    mark = Phrase("case.watermark", {"reader": reader, "at": at})
    for one in opened:
        if one.kind in (PaperKind.MANIFEST, PaperKind.ORIGINAL, PaperKind.COPY):
            continue
        for text in parts(one.text):
            says = Phrase(f"case.paper_{one.kind.value}", {"day": one.written_on, "text": text})
            yield Reply([says, mark])


def parts(text: str) -> Sequence[str]:
    """Cut a text that no message holds; a sign beyond the common ones counts twice there."""
    if len(text.encode("utf-16-le")) // 2 <= FITTING:
        return [text]
    return [text[start : start + FITTING // 2] for start in range(0, len(text), FITTING // 2)]
