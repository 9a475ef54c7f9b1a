"""Files of a letter: the original as it came, a cleaned copy beside it, both in a manifest."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from dialogs.errors import Refused
from dialogs.vocabulary import FileKind, PaperKind, Trace
from storage import evidence
from storage.evidence import Evidence
from storage.vault.papers import Opened

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})


def received(files: Sequence[bytes]) -> list[tuple[PaperKind, str | bytes]]:
    """Take files in as papers of a case; raise Refused for one that is none of those taken."""
    taken: list[tuple[PaperKind, str | bytes]] = []
    for number, content in enumerate(files, 1):
        try:
            taken.extend(as_papers(evidence.receive(content)))
        except Refused as refused:
            raise Refused("file_of_several", number=number, why=refused.phrase) from refused
    return taken


def as_papers(one: Evidence) -> Iterator[tuple[PaperKind, str | bytes]]:
    """Lay a file out as papers: what it is, then the original, then its copy."""
    yield PaperKind.MANIFEST, json.dumps(asdict(one.manifest), sort_keys=True)
    yield PaperKind.ORIGINAL, one.original
    if one.copy is not None:
        yield PaperKind.COPY, one.copy


def shown(opened: Sequence[Opened]) -> Iterator[tuple[FileKind, Trace, bytes]]:
    """Choose of each file what is shown: its cleaned copy, or else the original as it came."""
    for place, one in enumerate(opened):
        if one.kind is not PaperKind.MANIFEST:
            continue
        said = json.loads(one.text)
        after = opened[place + 1 : place + 3]
        copies = [paper for paper in after if paper.kind is PaperKind.COPY] if said["copy"] else []
        chosen = copies or [paper for paper in after if paper.kind is PaperKind.ORIGINAL]
        yield FileKind(said["kind"]), Trace(said["trace"]), chosen[0].content
