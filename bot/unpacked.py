"""An opened case: its texts shown, its files named neutrally and compared with their manifest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bot.console import tell, write_anew
from dialogs.errors import Refused
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import FileKind, PaperKind
from storage.evidence import examine
from storage.vault.papers import Opened

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
FOLDERS = {PaperKind.ORIGINAL: "originals", PaperKind.COPY: "copies"}
FITS = {
    None: "vault.file",
    True: "vault.file_fits",
    False: "vault.file_changed",
}
ENDINGS = {FileKind.JPEG: "jpg", FileKind.VOICE: "ogg"}


@dataclass(frozen=True)
class Unpacked:
    """A file of a case: where it is put; `fits` a manifest or not, None where there is none."""

    name: str
    content: bytes = field(repr=False)
    fits: bool | None

    def put(self, folder: Path) -> None:
        """Write it into a folder, below `originals` or `copies`."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_anew(path, self.content)


def unpack(papers: Sequence[Opened]) -> Iterator[Unpacked]:
    """Name the files of a case; a copy has the number of the original it came after."""
    listed = digests(papers)
    number = 0
    for one in papers:
        if one.kind not in FOLDERS:
            continue
        number += one.kind is PaperKind.ORIGINAL
        name = f"{FOLDERS[one.kind]}/{max(number, 1):02}.{ending(one.content)}"
        found = sha256(one.content).hexdigest() in listed if listed else None
        yield Unpacked(name, one.content, found)


def digests(papers: Sequence[Opened]) -> frozenset[str]:
    """List what the manifests of a case say its files hash to."""
    manifests = [one.content for one in papers if one.kind is PaperKind.MANIFEST]
    return frozenset(
        digest for one in manifests for digest in DIGEST.findall(one.decode(errors="replace"))
    )


def lost(papers: Sequence[Opened]) -> int:
    """Count what a manifest lists and the case does not hold."""
    held = {sha256(one.content).hexdigest() for one in papers if one.kind in FOLDERS}
    return len(digests(papers) - held)


def ending(content: bytes) -> str:
    """Say how the name of a file ends, by its bytes."""
    try:
        kind = examine(content)
    except Refused:
        return "bin"
    return ENDINGS.get(kind, kind.value)


def show(number: str, papers: Sequence[Opened], out: Path | None) -> None:
    """Show the texts of a case in their order; put its files into a folder, if one is named."""
    unpacked = list(unpack(papers))
    if out and out.exists() and any(out.iterdir()):
        raise Refused("folder_not_empty", folder=str(out))
    tell(Phrase("vault.case", {"number": number}))
    for one in papers:
        if one.kind not in (*FOLDERS, PaperKind.MANIFEST):
            about: dict[str, Sayable] = {"kind": one.kind, "day": one.written_on, "text": one.said}
            tell(Phrase("vault.paper", about))
    for file in unpacked:
        if out:
            file.put(out)
        tell(Phrase(FITS[file.fits], {"file": file.name}))
    if unpacked and not out:
        tell(Phrase("vault.files_waiting", {"count": len(unpacked)}))
    if missing := lost(papers):
        tell(Phrase("vault.files_lost", {"count": missing}))
