"""Files on disk: what was uploaded, by file_id and by path."""

import hashlib
import re
import shutil
import struct
import tempfile
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.playground.wire import Json, Upload, bad_request

PHOTO_LIMIT = 10 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice"}
MARKS = {"photo": "AgACAg", "document": "BQACAg", "voice": "AwACAg"}
MOST_PIXELS_AROUND = 10_000
MOST_STRETCHED = 20


@dataclass(frozen=True)
class Stored:
    """A file Telegram keeps; `path` is what getFile tells."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0

    def fields(self, *, duration: int = 0) -> Json:
        """Give the field of a message that carries it."""
        common = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }
        match self.kind:
            case "photo":
                return {"photo": [common | {"width": self.width, "height": self.height}]}
            case "voice":
                return {"voice": common | {"duration": duration, "mime_type": self.mime_type}}
            case _:
                named = {"file_name": self.name, "mime_type": self.mime_type}
                return {"document": common | named}


class Files:
    """Keep uploads under a folder and remember them."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    @property
    def folder(self) -> Path:
        """Give the folder; without one, a temporary folder is made when a file first needs it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="playground-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def keep(self, upload: Upload, *, kind: str) -> Stored:
        """Check an upload and write it."""
        size, (width, height) = len(upload.content), (0, 0)
        if size == 0:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            width, height = _photo(upload.content)
        number = len(self.by_id) + 1
        unique = hashlib.sha256(upload.content).hexdigest()[:15]
        suffix = Path(upload.name).suffix if kind != "photo" else ".jpg"
        suffix = suffix if re.fullmatch(r"\.\w{1,10}", suffix, re.ASCII) else ""
        stored = Stored(
            file_id=f"{MARKS[kind]}{number:06x}{unique}",
            unique_id="AQAD" + unique,
            kind=kind,
            path=f"{FOLDERS[kind]}/file_{number}{suffix}",
            name=upload.name,
            mime_type=upload.mime_type,
            size=size,
            width=width,
            height=height,
        )
        place = self.folder / stored.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(upload.content)
        self._remember(stored)
        return stored

    def find(self, file_id: str, *, kind: str | None = None) -> Stored:
        """Find a file by its id; a photo is not a document."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if kind is not None and stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored

    def at(self, path: str) -> tuple[Stored, Path] | None:
        """Find a file by the path getFile told, or its id, and where it lies on disk."""
        stored = self._by_path.get(path) or self.by_id.get(path)
        return None if stored is None else (stored, self.folder / stored.path)

    def _remember(self, stored: Stored) -> None:
        self.by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored

    def state(self) -> list[Json]:
        """Give what must survive a restart."""
        return [asdict(stored) for stored in self.by_id.values()]

    def restore(self, state: list[Json]) -> None:
        """Take over what an earlier run left."""
        for fields in state:
            self._remember(Stored(**fields))


def _photo(content: bytes) -> tuple[int, int]:
    """Measure a picture; refuse what Telegram cannot show."""
    if len(content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    size = _png(content) or _jpeg(content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > MOST_PIXELS_AROUND or max(size) > MOST_STRETCHED * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header, which holds height and width."""
    at = 2 if content[:2] == b"\xff\xd8" else len(content)
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
