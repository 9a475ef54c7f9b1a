"""Where things lie, and what is ours to look at."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "scheduler", "storage")


@cache
def tracked() -> tuple[Path, ...]:
    """List the files that are, or are about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - the machine's git
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def modules() -> list[Path]:
    """List the modules of the four rooms."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS
    ]


def named(path: Path) -> str:
    """Name a file as the repository does."""
    return path.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    """Read a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")
