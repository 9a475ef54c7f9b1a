"""The program in a process of its own.

To read everything in takes it seconds, so one process does it once and each program is born of
that one. `tests/bot/test_check.py` and others start it from a terminal, as its owner does.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

PATIENCE = 60.0  # seconds a process may take to end by itself
BIRTHS = get_context("forkserver")
BIRTHS.set_forkserver_preload(["bot.__main__"])


@dataclass
class Program:
    """`qingfeng run`; what it logs is appended to a file."""

    environment: dict[str, str]
    log: Path
    process: ForkServerProcess | None = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def start(self) -> None:
        """Start it; it is there when it answers."""
        assert not self.running
        self.process = born(
            "run", environment=self.environment, folder=self.log.parent, out=self.log
        )

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process
        assert self.running, self.log.read_text()
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.process and self.running:
            self.process.terminate()
            self.process.join(PATIENCE)
            if self.running:
                self.process.kill()
                self.process.join()
                raise AssertionError("it did not end when asked to")


def qingfeng(
    *words: object, environment: dict[str, str], folder: Path, typed: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Give what `qingfeng` with some words says in a folder to somebody who types these lines."""
    with tempfile.TemporaryDirectory() as place:
        keyboard, out, err = (Path(place) / name for name in ("in", "out", "err"))
        keyboard.write_text("".join(f"{line}\n" for line in typed), encoding="utf-8")
        process = born(
            *map(str, words),
            environment=environment,
            folder=folder,
            keyboard=keyboard,
            out=out,
            err=err,
        )
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            raise AssertionError(f"{words} did not end: {out.read_text()}{err.read_text()}")
        code = process.exitcode
        assert code is not None
        return subprocess.CompletedProcess(words, code, out.read_text(), err.read_text())


def born(
    *words: str,
    environment: dict[str, str],
    folder: Path,
    out: Path,
    err: Path | None = None,
    keyboard: Path = Path(os.devnull),
) -> ForkServerProcess:
    """Start `qingfeng` with some words in a folder, with this environment and none of ours."""
    process = BIRTHS.Process(
        target=live, args=(words, environment, folder, keyboard, out, err or out), daemon=True
    )
    process.start()
    return process


def live(
    words: Sequence[str],
    environment: dict[str, str],
    folder: Path,
    keyboard: Path,
    out: Path,
    err: Path,
) -> None:
    """Be the program, from its first line to its last."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    appending = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, file, how in ((0, keyboard, os.O_RDONLY), (1, out, appending), (2, err, appending)):
        os.dup2(os.open(file, how), number)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.argv = ["qingfeng", *words]
    from bot.__main__ import main

    main()


def on_data(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Give what `qingfeng` with some words says of a data folder."""
    own = {"QINGFENG_DATA_DIR": str(folder), "QINGFENG_DATABASE_URL": ""}
    return qingfeng(*words, environment=os.environ | own, folder=folder.parent)
