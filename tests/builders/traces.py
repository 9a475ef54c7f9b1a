"""Traces of somebody: every form they could lie in, and everything that is kept of a house."""

import json
import sqlite3
import struct
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import psycopg
from PIL import Image
from psycopg import sql
from sqlalchemy import make_url

from tests.builders import postgres
from tests.builders.house import House

EMPTY = bytes(64)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def forms(trace: str | bytes) -> Iterator[bytes]:
    """Write a text or some bytes in every form in which they could lie somewhere."""
    if isinstance(trace, str):
        yield json.dumps(trace)[1:-1].encode()
        yield trace.encode("unicode_escape")
    whole = [trace] if isinstance(trace, bytes) else [trace.encode(one) for one in ENCODINGS]
    for one in whole:
        yield one
        yield one.hex().encode()
        yield one.hex().upper().encode()
        yield from in_base64(one)


def in_base64(content: bytes) -> Iterator[bytes]:
    """Write what is certain of some bytes in base64, wherever in a longer content they begin."""
    for before in range(3):
        written = b64encode(b"\0" * before + content)
        certain = written[-(-before * 8 // 6) : (before + len(content)) * 8 // 6]
        yield certain
        yield certain.replace(b"+", b"-").replace(b"/", b"_")


def forms_of_number(number: int) -> Iterator[bytes]:
    """Write an account's number as digits and as a database keeps it."""
    yield from forms(str(number))
    for order in (">q", "<q"):
        yield struct.pack(order, number)
    yield number.to_bytes(6)


@dataclass
class Needles:
    """What must be found nowhere, each by its name, in the forms in which it could be found."""

    said: dict[str, frozenset[bytes]] = field(default_factory=dict)

    def add(self, *traces: str | bytes | int) -> None:
        """Look for these from now on; for a text's words, where nobody else would say them."""
        for one in traces:
            if isinstance(one, int):
                self.said[str(one)] = frozenset(forms_of_number(one))
                continue
            words = [w for w in one.split() if len(w.encode()) > 8] if isinstance(one, str) else []
            self.said |= {repr(word): frozenset(forms(word)) for word in words or [one]}

    def found(self, kept: dict[str, bytes]) -> list[tuple[str, str]]:
        """Say in what was kept which of them are found."""
        return [
            (place, name)
            for place, content in kept.items()
            for name, written in self.said.items()
            if any(one in content for one in written)
        ]


def kept(house: House, *, freed: bool = False) -> dict[str, bytes]:
    """Gather everything that outlives a moment: tables, files, logs, keys, a backup.

    `freed` takes in a PostgreSQL server's own files, where rows lie after they were deleted; those
    of SQLite are always among them.
    """
    folder = house.program.log.parent.parent  # the database file is beside the house
    found = files_of(folder)
    if house.database.is_sqlite:
        return found | {"a backup": backup_of(house)}
    url = url_of(house)
    found |= {"a backup": postgres.dumped(url)} | tables_of(url)
    if freed:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        found |= files_of(postgres.folder_of(url), since=born(house))
    return found


def born(house: House) -> float:
    """Say when a house was opened."""
    return house.program.log.with_name("qingfeng.key").stat().st_mtime


def files_of(folder: Path, *, since: float = 0) -> dict[str, bytes]:
    """Read every file under a folder, what is empty in it left out; its name counts as kept."""
    return {
        str(path.relative_to(folder)): path.name.encode() + content(path).replace(EMPTY, b"")
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mtime >= since
    }


def content(path: Path) -> bytes:
    """Read a file in a process of its own: to close one here lets go of SQLite's locks on it."""
    return subprocess.run(["/bin/cat", path], check=True, stdout=subprocess.PIPE).stdout


def url_of(house: House) -> str:
    """Give the address of a PostgreSQL database as its own programs write it."""
    url = make_url(house.database.url).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def backup_of(house: House) -> bytes:
    """Copy a SQLite database as a backup does, while it is in use."""
    file = house.database.url.database
    assert file is not None
    with closing(sqlite3.connect(file)) as books, closing(sqlite3.connect(":memory:")) as copy:
        books.backup(copy)
        return copy.serialize()


def tables_of(url: str) -> dict[str, bytes]:
    """Copy every table of a PostgreSQL schema out, as text and as the bytes it holds."""
    dumped: dict[str, bytes] = {}
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        ).fetchall()
        for (name,) in names:
            for form in ("text", "binary"):
                copy = sql.SQL("COPY {} TO STDOUT (FORMAT {})")
                with connection.cursor().copy(
                    copy.format(sql.Identifier(name), sql.SQL(form))
                ) as copied:
                    dumped[f"{name}.{form}"] = b"".join(bytes(part) for part in copied)
    return dumped


SERIAL = "QF-KAMERA-88213377"
LATITUDE, LONGITUDE = (30, 15, 48.5731), (103, 29, 11.7719)
TEN_THOUSANDTHS = 10_000


def telling_photo(seed: int) -> tuple[bytes, list[str | bytes]]:
    """Take a photo that tells where and by which camera; give it with all it must not leave."""
    serial = f"{SERIAL}-{seed}"
    exif = Image.Exif()
    exif[0x010E] = words = f"marker-described-{seed}77123"
    exif.get_ifd(0x8769)[0xA431] = serial
    exif[0x8825] = {1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE}
    written = BytesIO()
    pixels = Random(seed).randbytes(64 * 48 * 3)  # noqa: S311 - nothing secret about it
    Image.frombytes("RGB", (64, 48), pixels).save(written, "JPEG", exif=exif, quality=95)
    photo = written.getvalue()
    traces: list[str | bytes] = [serial, words, photo[-200:-160]]
    for degrees, minutes, seconds in (LATITUDE, LONGITUDE):
        traces.append(f"{degrees + minutes / 60 + seconds / 3600:.6f}")
        traces.append(raw_position(photo, seconds))
    return photo, traces


def raw_position(photo: bytes, seconds: float) -> bytes:
    """Find the seconds of a position as the bytes in which a photo carries them."""
    whole = (round(seconds * TEN_THOUSANDTHS), TEN_THOUSANDTHS)
    (found,) = {
        one for one in (struct.pack("<2I", *whole), struct.pack(">2I", *whole)) if one in photo
    }
    return found


def planted(needles: Needles) -> Iterable[tuple[str, bytes]]:
    """Give every form of every needle, to be planted."""
    return ((name, one) for name, written in needles.said.items() for one in written)
