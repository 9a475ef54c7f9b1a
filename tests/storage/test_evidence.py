"""Evidence: what is taken, what a copy still carries, and what no crafted file can do."""

import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from dialogs.catalogue.policy import number
from dialogs.errors import Refused
from dialogs.vocabulary import FileKind, Trace
from storage import evidence
from storage.evidence import Hashed, clean, examine, only_shows, receive

MAKER, ARTIST, WORDS = b"Zephyr-Camera-9", b"marker-author-5521", b"marker-comment-8812"
GPS_IFD, ORIENTATION = 0x8825, 0x0112
LATITUDE = (31.0, 12.0, 59.73)
LIMIT = 15.0  # seconds a crafted file may take, of which the processor's are counted apart


def sheet(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture red at the left and blue at the right."""
    drawn = Image.new("RGB", (width, height), "red")
    drawn.paste("blue", (width // 2, 0, width, height))
    return drawn.convert(mode)


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    written = BytesIO()
    picture.save(written, form, **more)
    return written.getvalue()


def photo(width: int = 640, height: int = 480) -> bytes:
    """A photo as a telephone takes it: who made it, where, held upright."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[ORIENTATION] = MAKER.decode(), ARTIST.decode(), 6
    exif.get_ifd(GPS_IFD).update({1: "N", 2: LATITUDE, 3: "E", 4: (121.0, 30.0, 7.11)})
    return saved(
        sheet(width, height),
        "JPEG",
        exif=exif,
        comment=WORDS,
        xmp=b"<x:xmpmeta>marker-xmp-3317</x:xmpmeta>",
        icc_profile=b"marker-icc-6044".ljust(128, b"\0"),
    )


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def zipped(members: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return written.getvalue()


def office(member: str, **more: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", member: b"<x/>", **more})


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it has 3,600 megapixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", check)

    header = struct.pack(">LLBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


TAKEN = {
    FileKind.JPEG: photo(),
    FileKind.PNG: saved(sheet(8, 8, "RGBA"), "PNG"),
    FileKind.WEBP: saved(sheet(8, 8), "WEBP"),
    FileKind.HEIC: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    FileKind.PDF: b"%PDF-1.7\n1 0 obj\n",
    FileKind.DOCX: office("word/document.xml"),
    FileKind.XLSX: office("xl/workbook.xml"),
    FileKind.VOICE: b"OggS\0\x02" + b"\0" * 22 + b"OpusHead\x01",
    FileKind.MP3: b"\xff\xfb\x90\x64" + b"\0" * 400,
    FileKind.MP4: b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
}
REFUSED = {
    "a program": b"MZ\x90\0" + b"\0" * 100,
    "a page": b"<html><script>alert(1)</script>",
    "words": "只是文字".encode(),
    "a drawing that may run scripts": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a zip of something": zipped({"a.exe": b"MZ"}),
    "a zip cut short": office("word/document.xml")[:-10],
    "half of an Office file": zipped({"word/document.xml": b"<x/>"}),
    "a list longer than any document's": zipped({f"{n:060}": b"" for n in range(9_000)}),
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "a moving picture": saved(sheet(8, 8), "GIF"),
    "speech of another kind": b"OggS\0\x02" + b"\0" * 22 + b"\x01vorbis",
    "a frame whose rate does not exist": b"\xff\xfb\xf0\x64",
    "one byte": b"\xff",
}


@pytest.mark.parametrize("kind", FileKind)
def test_each_kind_is_known_by_its_bytes(kind: FileKind) -> None:
    assert examine(TAKEN[kind]) is kind


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_with_what_can_be_sent(what: str) -> None:
    with pytest.raises(Refused, match="evidence_kind"):
        examine(REFUSED[what])


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Refused, match="evidence_empty"):
        examine(b"")


def test_a_file_larger_than_telegram_hands_over_is_refused() -> None:
    most = number("evidence_megabytes") * 1_000_000
    assert most <= evidence.MOST
    assert examine(TAKEN[FileKind.PDF].ljust(most)) is FileKind.PDF
    with pytest.raises(Refused, match="evidence_too_large"):
        examine(TAKEN[FileKind.PDF].ljust(most + 1))


def test_an_office_file_with_macros_is_refused() -> None:
    with pytest.raises(Refused, match="evidence_macros"):
        examine(office("word/document.xml", **{"word/vbaProject.bin": b"x"}))


def test_a_photo_comes_out_without_a_byte_of_what_it_carried() -> None:
    original = photo()
    marks = [MAKER, ARTIST, WORDS, b"marker-xmp-3317", b"marker-icc-6044", b"Exif", b"ICC_PROFILE"]
    assert [mark for mark in marks if mark not in original] == []
    taken = receive(original)
    assert taken.copy is not None
    assert [mark for mark in marks if mark in taken.copy] == []
    copy = opened(taken.copy)
    assert dict(copy.getexif()) == {}
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert taken.original == original, "the original is as it came"
    assert taken.manifest.trace is Trace.NONE


def test_a_photo_taken_sideways_comes_out_upright() -> None:
    taken = receive(photo(640, 480))
    assert taken.copy is not None
    copy = opened(taken.copy)
    assert copy.size == (480, 640)
    top, bottom = copy.getpixel((240, 20)), copy.getpixel((240, 620))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > 60 > top[2], "left was red, and left is up now"
    assert bottom[2] > 200 > 60 > bottom[0]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16", "1"])
def test_a_picture_of_any_colours_is_drawn_anew(mode: str) -> None:
    drawn = Image.new(mode, (64, 48)) if mode == "I;16" else sheet(64, 48, mode)
    cleaned = clean(saved(drawn, "PNG"), FileKind.PNG)
    assert cleaned is not None
    assert opened(cleaned.content).size == (64, 48)


def test_what_is_seen_through_is_white() -> None:
    cleaned = clean(saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"), FileKind.PNG)
    assert cleaned is not None
    assert opened(cleaned.content).getpixel((4, 4)) == (255, 255, 255)


def test_a_photo_of_twelve_megapixels_is_cleaned_in_time_and_made_smaller() -> None:
    original = saved(Image.effect_noise((1000, 750), 60).resize((4000, 3000)), "JPEG")
    begun = time.monotonic()
    taken = receive(original)
    assert time.monotonic() - begun < LIMIT
    assert taken.copy is not None
    assert opened(taken.copy).size == (2560, 1920)


def test_a_tiny_file_that_says_it_is_giant_ends_at_once_and_is_kept_as_it_came() -> None:
    original = bomb()
    assert len(original) < 2_000
    begun = time.monotonic()
    taken = receive(original)
    assert time.monotonic() - begun < LIMIT
    assert (taken.original, taken.copy, taken.manifest.trace) == (original, None, Trace.HIDDEN)


def test_a_picture_within_the_pixels_that_wants_too_much_memory_is_not_cleaned() -> None:
    large = saved(Image.new("RGBA", (4000, 4000)), "PNG")
    assert clean(large, FileKind.PNG, memory=160 * 1024 * 1024) is None
    assert clean(large, FileKind.PNG) is not None


def test_a_picture_that_takes_too_long_is_not_cleaned() -> None:
    assert clean(photo(), FileKind.JPEG, patience=0.001) is None


@pytest.mark.parametrize(
    "content",
    [
        photo()[:2_000],
        photo()[:3],
        b"\xff\xd8\xff<html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 5_000,
        b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 100,
    ],
    ids=["cut short", "three bytes", "a page", "a head alone", "noise", "a false length"],
)
def test_a_broken_picture_is_kept_and_said_not_to_be_clean(content: bytes) -> None:
    taken = receive(content)
    assert (taken.original, taken.copy, taken.manifest.trace) == (content, None, Trace.HIDDEN)


def test_what_is_hidden_behind_a_picture_stays_behind() -> None:
    hidden = zipped({"marker-hidden-7719.txt": b"marker-hidden-7719"})
    taken = receive(saved(sheet(64, 48), "PNG") + hidden)
    assert taken.manifest.kind is FileKind.PNG
    assert taken.copy is not None
    assert b"PK" not in taken.copy
    assert b"marker-hidden-7719" not in taken.copy
    assert taken.original.endswith(hidden)


def test_a_picture_is_only_taken_for_what_may_be_drawn() -> None:
    gif = saved(sheet(8, 8), "GIF")
    assert clean(gif, FileKind.JPEG) is None


@pytest.mark.parametrize(
    ("kind", "trace"),
    [
        (FileKind.HEIC, Trace.HIDDEN),
        (FileKind.PDF, Trace.HIDDEN),
        (FileKind.DOCX, Trace.HIDDEN),
        (FileKind.XLSX, Trace.HIDDEN),
        (FileKind.VOICE, Trace.VOICE),
        (FileKind.MP3, Trace.VOICE),
        (FileKind.MP4, Trace.VOICE),
    ],
)
def test_what_cannot_be_cleaned_is_kept_as_it_came_and_says_so(
    kind: FileKind, trace: Trace
) -> None:
    taken = receive(TAKEN[kind])
    assert (taken.original, taken.copy) == (TAKEN[kind], None)
    assert taken.manifest.trace is trace


def test_the_manifest_fits_its_own_bytes_and_no_others() -> None:
    taken = receive(photo())
    assert taken.manifest.original == Hashed.of(taken.original)
    assert taken.manifest.fits(taken.original, taken.copy)
    assert not taken.manifest.fits(taken.original + b"\0", taken.copy)
    assert not taken.manifest.fits(taken.original, None)


@pytest.mark.parametrize(
    "segment", [b"\xff\xe0\0\x04ab", b"\xff\xe1\0\x04ab", b"\xff\xe2\0\x04ab", b"\xff\xfe\0\x04ab"]
)
def test_a_copy_that_carries_anything_beside_the_picture_is_no_copy(segment: bytes) -> None:
    plain = saved(sheet(8, 8), "JPEG")
    assert only_shows(plain)
    assert not only_shows(plain[:2] + segment + plain[2:])
    assert not only_shows(plain + b"PK")
    assert not only_shows(plain[:2])


def confined(deed: str, before: str = "pass") -> subprocess.CompletedProcess[str]:
    """Try something in a process that is confined as the cleaner is."""
    limits = "from storage.cleaning import confine; confine(1, 256 * 1024 * 1024)"
    script = f"{before}; {limits}; {deed}"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )


def test_the_cleaner_can_write_no_file(tmp_path: Path) -> None:
    file = tmp_path / "written"
    tried = confined("file.write(b'x')", before=f"file = open({str(file)!r}, 'wb', buffering=0)")
    assert "File too large" in tried.stderr
    assert file.read_bytes() == b""


@pytest.mark.parametrize("deed", ["open('/etc/passwd')", "socket.socket()", "os.pipe()"])
def test_the_cleaner_can_open_nothing_to_read_and_nothing_to_tell_it_through(deed: str) -> None:
    assert "Too many open files" in confined(deed, before="import os, socket").stderr


def test_the_cleaner_can_take_no_more_memory_than_it_is_given() -> None:
    assert "MemoryError" in confined("bytes(512 * 1024 * 1024)").stderr


def test_the_cleaner_can_compute_no_longer_than_it_may() -> None:
    begun = time.monotonic()
    assert confined("exec('while True: pass')").returncode < 0
    assert time.monotonic() - begun < LIMIT
