"""What is said and asked at the terminal, in its language."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import Language

PLAIN = frozenset("\n\t")  # signs without a shape that a text may hold


def language_of_terminal() -> Language:
    """Speak English where the terminal does."""
    return Language.EN if os.environ.get("LANG", "").startswith("en") else Language.ZH_HANT


def in_words(what: Sayable) -> str:
    """Put something into the words of whoever sits at the terminal."""
    return plain_words(what, language_of_terminal())


def tell(what: Sayable) -> None:
    """Say something; what somebody wrote cannot move the cursor or paint over it."""
    said = in_words(what)
    typer.echo("".join(sign for sign in said if sign.isprintable() or sign in PLAIN))


def leave(why: Phrase) -> NoReturn:
    """Say what is wrong and leave with 2."""
    typer.echo(in_words(why), err=True)
    raise typer.Exit(2)


@contextmanager
def in_sentences() -> Iterator[None]:
    """Leave with a sentence where something is refused or a file cannot be read or written."""
    try:
        yield
    except Refused as refused:
        leave(refused.phrase)
    except OSError as error:
        leave(Phrase("vault.no_file", {"file": str(error.filename), "why": str(error.strerror)}))


def hidden(asks: Phrase) -> str:
    """Ask for a secret without showing it; where nobody sits, take a line of standard input."""
    if sys.stdin.isatty():
        said: str = typer.prompt(in_words(asks), hide_input=True, err=True)
        return said
    typer.echo(in_words(asks), err=True)
    return sys.stdin.readline().rstrip("\r\n")


def write_anew(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads; raise FileExistsError rather than overwrite one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
