"""The command line for questionnaires: check one, play one, export its answers."""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import terminal
from bot.clock import clock
from bot.opening import books
from bot.settings import Misconfigured, Settings, read_settings
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.vocabulary import Language
from dialogs.xlsform.faults import FormFaults
from dialogs.xlsform.form import Form, Question, walk
from dialogs.xlsform.reading import read_form, read_markdown
from storage import questionnaires

app = typer.Typer(
    no_args_is_help=True,
    help="Questionnaires (XLSForm): check one, play one in the terminal, export its answers.",
)

File = Annotated[Path, typer.Argument(help="An .xlsx file, or the same sheets as .md tables.")]
Spoken = Annotated[Language, typer.Option(help="The language to speak.")]


def leave(*says: str, code: int) -> NoReturn:
    """Say why, a line each, and leave."""
    for line in says:
        typer.echo(line, err=code == 2)
    raise typer.Exit(code)


def settings_or_leave() -> Settings:
    """Read the settings, or say what is wrong with them and leave."""
    try:
        return read_settings()
    except Misconfigured as mistakes:
        leave(str(mistakes), code=2)


def form_or_leave(file: Path, language: Language) -> Form:
    """Read a questionnaire; leave with 1 and every fault a line, with 2 if there is no file."""
    try:
        content = file.read_bytes()
        if file.suffix == ".md":
            return read_markdown(content.decode("utf-8", "replace"), file.stem)
        return read_form(content, file.stem)
    except OSError as error:
        leave(f"{file}: {error.strerror}", code=2)
    except FormFaults as faults:
        leave(*(plain_words(fault.phrase, language) for fault in faults.faults), code=1)


@app.command()
def check(file: File, language: Spoken = Language.ZH_HANT) -> None:
    """Say whether a questionnaire can be used: 0 if so, else 1 and every fault a line."""
    form = form_or_leave(file, language)
    questions = sum(isinstance(item, Question) for _, item in walk(form.items))
    typer.echo(f"{file.name}: {form.title} {form.version}, {questions} questions".rstrip())
    for remark in form.remarks:
        typer.echo(plain_words(remark.phrase, language))


@app.command()
def play(
    file: File,
    answers: Annotated[
        Path | None, typer.Option(help="Take the answers from a file, one a line.")
    ] = None,
    language: Spoken = Language.ZH_HANT,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is played on.")
    ] = None,
) -> None:
    """Play a questionnaire in the terminal and print the answers as JSON.

    An answer is what one would write or the number of an option; several options stand between
    commas; an empty line skips, or takes what is proposed; < goes back. Questions go to standard
    error. With --answers the first answer that is refused ends it with 1.
    """
    form = form_or_leave(file, language)
    try:
        lines = answers.read_text(encoding="utf-8-sig").splitlines() if answers else None
    except OSError as error:
        leave(f"{answers}: {error.strerror}", code=2)
    try:
        given = terminal.play(
            form,
            today=on.date() if on else today(),
            language=language,
            lines=iter(lines) if lines is not None else typed(),
            strict=lines is not None,
        )
    except terminal.Stuck as stuck:
        typer.echo(str(stuck), err=True)
        raise typer.Exit(1) from None
    typer.echo(json.dumps(given, ensure_ascii=False, indent=2))


def today() -> date:
    """Tell the day of this machine."""
    return clock()().astimezone().date()


def typed() -> Iterator[str]:
    """Take lines as they are typed."""
    for line in sys.stdin:
        yield line.rstrip("\r\n")


@app.command()
def export(
    form: Annotated[str, typer.Argument(help="The questionnaire's form_id.")],
    file: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
) -> None:
    """Write the answers to a questionnaire into a workbook, a sheet a version and repeat."""
    settings = settings_or_leave()
    with books(settings) as opened, opened.database.reading() as session:
        try:
            versions = questionnaires.answered(session, form)
        except Refused as refused:
            leave(plain_words(refused.phrase, Language.EN), code=2)
    count = sum(len(version.given) for version in versions)
    if not count:
        leave(f"Nobody has answered {form} yet.", code=2)
    try:
        file.write_bytes(questionnaires.workbook(versions))
    except OSError as error:
        leave(f"{file}: {error.strerror}", code=2)
    typer.echo(f"{file}: {count} answers.")
