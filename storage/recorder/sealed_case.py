"""What is put into a case and how it is shown: sealed to everybody but its readers."""

from collections.abc import Sequence
from datetime import date, datetime

from nacl.public import PublicKey
from sqlmodel import Session, col, select

from dialogs.speech import Paper, Phrase, Reply, Sayable
from dialogs.vocabulary import FileKind, PaperKind, Trace
from storage.tables import Case, CasePaper, WrappedKey
from storage.vault import files, papers, pieces, recovery, watermark
from storage.vault.carried import Carried, CarriedPaper
from storage.vault.papers import Opened, Sealed

NO_TEXTS = frozenset(  # files, and what stands at the head
    {PaperKind.MANIFEST, PaperKind.ORIGINAL, PaperKind.COPY, PaperKind.CAME_BY}
)
ENDINGS = {FileKind.JPEG: "jpg", FileKind.VOICE: "ogg"}
FITTING = 3600  # of the 4,096 signs of a message; the rest is for what stands around a text


def file(
    session: Session, case: Case, put_in: Sequence[tuple[PaperKind, str | bytes]], *, today: date
) -> None:
    """Seal texts to a case and put them in."""
    papers.file(session, case, sealed_to(case, put_in), today=today)


def sealed_to(case: Case, put_in: Sequence[tuple[PaperKind, str | bytes]]) -> Sequence[Sealed]:
    """Seal texts and files to a case."""
    public = PublicKey(case.public)
    return [papers.write(case.id, kind, plain, public=public) for kind, plain in put_in]


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
        papers=[
            CarriedPaper(one.id, one.kind, one.written_on, pieces.whole(session, one))
            for one in held
        ],
    )
    return Paper(f"{case.number}.qfcase", carried.packed())


def shown(opened: Sequence[Opened], *, reader: str, at: datetime) -> list[Reply]:
    """Show opened papers, a message each, marked with who reads them and when."""
    mark = Phrase("case.watermark", {"reader": reader, "at": at})
    texts = [
        Reply(
            [
                Phrase(f"case.paper_{one.kind.value}", {"day": one.written_on, "text": text}),
                mark,
            ]
        )
        for one in opened
        if one.kind not in NO_TEXTS
        for text in parts(one.said)
    ]
    written = f"{reader} {at:%Y-%m-%d %H:%M}"
    return [
        *texts,
        *(
            Reply([Phrase("case.file", {"kind": kind, "trace": trace}), mark], paper=paper)
            for kind, trace, content in files.shown(opened)
            for paper in [handed(kind, trace, content, written=written)]
        ),
    ]


def handed(kind: FileKind, trace: Trace, content: bytes, *, written: str) -> Paper:
    """Hand a file over: a cleaned picture marked, anything else as it came under a neutral name."""
    if trace is Trace.NONE:
        return Paper("file.jpg", watermark.marked(content, written), picture=True)
    return Paper(f"file.{ENDINGS.get(kind, kind.value)}", content)


def parts(text: Sayable) -> Sequence[Sayable]:
    """Cut a text that no message holds; a sign beyond the common ones counts twice there."""
    if not isinstance(text, str) or len(text.encode("utf-16-le")) // 2 <= FITTING:
        return [text]
    return [text[start : start + FITTING // 2] for start in range(0, len(text), FITTING // 2)]
