"""A PostgreSQL of the tests' own: started in a temporary folder, reached through a socket there."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import psycopg

PLACES = "/usr/lib/postgresql/*/bin"
ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
PATIENCE = 60.0  # seconds
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory makes tables three times as fast
ENOUGH = 2 * 1024**3  # bytes


def binaries() -> Path | None:
    """Find the newest server on this machine; None if there is none."""
    found = sorted(Path("/").glob(f"{PLACES[1:]}/initdb"), key=lambda place: place.parts[-3])
    on_path = shutil.which("initdb")
    places = [*found, *([Path(on_path).resolve()] if on_path else [])]
    return places[-1].parent if places else None


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Run a server, as durable as a real one, and give its URL; it leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="qingfeng-pg-", dir=place()))
    account = ACCOUNT if os.geteuid() == 0 else None
    if account:
        shutil.chown(folder, account)
    initdb = [programs / "initdb", "--pgdata", folder / "data", "--username", "qingfeng"]
    try:
        subprocess.run(
            [*initdb, "--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync"],
            user=account,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *(programs / "postgres", "-D", folder / "data", "-k", folder, "-h", ""),
                    *("-c", "max_wal_size=64MB"),
                ],
                user=account,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            url = f"postgresql://qingfeng@/postgres?host={quote(str(folder), safe='')}"
            wait_for(url, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown, which waits for nobody
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def place() -> Path | None:
    """Find where a server writes: memory, where there is enough, else the usual folder."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None


def folder_of(url: str) -> Path:
    """Find the folder of a server: its tables, its write-ahead log and what it logs."""
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def dumped(url: str) -> bytes:
    """Back a database up as its owner would."""
    programs = binaries()
    assert programs is not None
    command = [programs / "pg_dump", "--dbname", url]
    return subprocess.run(command, check=True, capture_output=True).stdout


def wait_for(url: str, log: Path) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise AssertionError(log.read_text()) from None
            time.sleep(0.05)
        else:
            return


def create(url: str, name: str, *, like: str = "template1") -> str:
    """Make a database, empty or like another, and give its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY FILE_COPY')
    return url.replace("/postgres?", f"/{name}?")


@contextmanager
def database(url: str, name: str, *, like: str = "template1") -> Iterator[str]:
    """Make a database for a while."""
    try:
        yield create(url, name, like=like)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
