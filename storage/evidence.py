"""Evidence 證據: what a file is by its first bytes, its cleaned copy, and what both must hash to.

Nothing here is written down or opened: the original is kept as it came, and what Office and PDF
files, recordings and films tell beside what they show is said, not removed.
"""

import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from threading import Timer
from zipfile import BadZipFile, ZipFile

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.vocabulary import FileKind, Trace

MOST = 20_000_000  # bytes; Telegram hands a bot no more
MEMORY = 640 * 1024 * 1024  # bytes of address space for drawing a picture
CPU, PATIENCE = 8, 20  # seconds of processor, and by the clock
NICE = ("nice", "-n", "19")  # whoever waits for an answer goes first, from the first moment on
LONGEST_LIST = 1_000_000  # bytes of the list of members of a zip
DRAWABLE = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
SPOKEN = frozenset({FileKind.VOICE, FileKind.MP3, FileKind.MP4})

HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
FILM = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4A "}
)
JFIF = 16  # bytes of the head of a JPEG that has nothing more in it
END_OF_ZIP = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Cleaned:
    """A copy that shows what the original shows and carries nothing else."""

    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Hashed:
    """What some bytes must be: how many, and what they hash to."""

    size: int
    digest: str

    @classmethod
    def of(cls, content: bytes) -> "Hashed":
        """Hash some bytes."""
        return cls(len(content), sha256(content).hexdigest())


@dataclass(frozen=True)
class Manifest:
    """清單: what a piece of evidence is, what its original and copy hash to, what it may tell."""

    kind: FileKind
    original: Hashed
    copy: Hashed | None
    trace: Trace

    def fits(self, original: bytes, copy: bytes | None) -> bool:
        """Say whether these are the bytes it was written for."""
        hashed = None if copy is None else Hashed.of(copy)
        return (Hashed.of(original), hashed) == (self.original, self.copy)


@dataclass(frozen=True)
class Evidence:
    """A file that was taken in: as it came, cleaned if it could be, and its manifest."""

    original: bytes = field(repr=False)
    copy: bytes | None = field(repr=False)
    manifest: Manifest


def receive(content: bytes) -> Evidence:
    """Take a file in; raise Refused for one that is none of those taken."""
    kind = examine(content)
    cleaned = clean(content, kind)
    copy = cleaned.content if cleaned else None
    hashed = Hashed.of(copy) if copy else None
    return Evidence(content, copy, Manifest(kind, Hashed.of(content), hashed, trace(kind, cleaned)))


def trace(kind: FileKind, cleaned: Cleaned | None) -> Trace:
    """Say what a file may tell of whoever made it, beside what it shows."""
    if kind in SPOKEN:
        return Trace.VOICE
    return Trace.NONE if cleaned else Trace.HIDDEN


def examine(content: bytes) -> FileKind:
    """Say what a file is, by its bytes and never by its name; raise Refused unless it is taken."""
    if not content:
        raise Refused("evidence_empty")
    most = min(MOST, number("evidence_megabytes") * 1_000_000)
    if len(content) > most:
        raise Refused("evidence_too_large", most=most // 1_000_000)
    for kind, fits in LIKENESS.items():
        if fits(content):
            return kind
    raise Refused("evidence_kind")


def is_heic(content: bytes) -> bool:
    """Recognise the picture of an iPhone."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC


def is_film(content: bytes) -> bool:
    """Recognise a film, or a recording in the same container."""
    return content[4:8] == b"ftyp" and content[8:12] in FILM


def is_mp3(content: bytes) -> bool:
    """Recognise a recording by its tag, or by its first frame: layer III, rates that exist."""
    if content.startswith(b"ID3"):
        return True
    if len(content) < 4 or content[0] != 0xFF:
        return False
    layer, rates = content[1] & 0b1110_0110, content[2]
    return layer == 0b1110_0010 and rates >> 4 not in (0, 15) and (rates >> 2) & 3 != 3


def holds(member: str) -> Callable[[bytes], bool]:
    """Recognise an Office file by the member that makes it one; raise Refused for macros."""

    def fits(content: bytes) -> bool:
        members = members_of(content)
        if not {"[Content_Types].xml", member} <= members:
            return False
        if any(name.lower().endswith("vbaproject.bin") for name in members):
            raise Refused("evidence_macros")
        return True

    return fits


def members_of(content: bytes) -> frozenset[str]:
    """List what a zip holds, as long as the list is of a length a document would have."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if not content.startswith(b"PK\x03\x04") or not 0 <= end <= len(content) - END_OF_ZIP.size:
        return frozenset()
    listed = END_OF_ZIP.unpack_from(content, end)[5]
    if listed > LONGEST_LIST or content[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return frozenset()
    try:
        with ZipFile(BytesIO(content)) as file:
            return frozenset(file.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


LIKENESS: dict[FileKind, Callable[[bytes], bool]] = {
    FileKind.JPEG: lambda content: content.startswith(b"\xff\xd8\xff"),
    FileKind.PNG: lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    FileKind.WEBP: lambda content: content.startswith(b"RIFF") and content[8:12] == b"WEBP",
    FileKind.HEIC: is_heic,
    FileKind.PDF: lambda content: content.startswith(b"%PDF-"),
    FileKind.DOCX: holds("word/document.xml"),
    FileKind.XLSX: holds("xl/workbook.xml"),
    FileKind.VOICE: lambda content: content.startswith(b"OggS") and b"OpusHead" in content[:64],
    FileKind.MP3: is_mp3,
    FileKind.MP4: is_film,
}


def clean(
    content: bytes,
    kind: FileKind,
    *,
    cpu: int = CPU,
    memory: int = MEMORY,
    patience: float = PATIENCE,
) -> Cleaned | None:
    """Draw a picture anew without what it carries; None where that cannot be done.

    Whatever goes wrong, the original is untouched: it is only said that there is no clean copy.
    """
    if kind not in DRAWABLE:
        return None
    pixels = number("evidence_megapixels") * 1_000_000
    limits = (number("evidence_side"), pixels, cpu, memory)
    with suppress(OSError, ValueError):
        drawn = draw([str(limit) for limit in limits], content, patience=patience)
        if drawn and only_shows(drawn):
            return Cleaned(drawn)
    return None


def draw(limits: list[str], content: bytes, *, patience: float) -> bytes | None:
    """Have another process draw a picture; give no more than a file may hold, or None."""
    with subprocess.Popen(  # noqa: S603 - our own program, and nothing of the file is an argument
        [*NICE, sys.executable, "-I", "-m", "storage.cleaning", *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    ) as process:
        assert process.stdin is not None  # noqa: S101 - a pipe
        assert process.stdout is not None  # noqa: S101 - likewise
        alarm = Timer(patience, process.kill)
        alarm.start()
        try:
            with suppress(BrokenPipeError), process.stdin as pipe:
                pipe.write(content)
            drawn = process.stdout.read(MOST + 1)
            if len(drawn) > MOST or process.wait() != 0:
                return None
        finally:
            process.kill()
            alarm.cancel()
    return drawn


def only_shows(picture: bytes) -> bool:
    """Say whether a JPEG holds a picture and no segment for anything else."""
    if not (picture.startswith(b"\xff\xd8") and picture.endswith(b"\xff\xd9")):
        return False
    at = 2
    while at + 4 <= len(picture):
        mark, kind, length = struct.unpack_from(">BBH", picture, at)
        if mark != 0xFF or 0xE1 <= kind <= 0xEF or kind == 0xFE:  # applications' own, and comments
            return False
        if kind == 0xE0 and length != JFIF:
            return False
        if kind == 0xDA:  # the picture itself
            return True
        at += 2 + length
    return False
