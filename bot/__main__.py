"""The command line: run the bot, try it out, look after its data."""

import asyncio
import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlmodel import select

from bot import forms, logs
from bot.channels import Undelivered
from bot.clock import clock
from bot.opening import books, office, work
from bot.settings import Misconfigured, Settings, read_settings
from dialogs.documents.faults import RosterFaults
from dialogs.documents.roster import read_roster
from dialogs.messages import plain_words
from dialogs.vocabulary import Language
from scheduler import timetable
from storage import people
from storage.leadership import sole
from storage.organisation import take_over
from storage.tables import Person

SWITCH = 0.0005  # seconds a busy thread may keep the loop from its sockets
LITTER = 20_000  # new objects before the collector looks; a round of the desk makes thousands

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="清風 Qingfeng: the bot through which a township prevents integrity risks.\n\n"
    "Settings are environment variables, or lines of a .env file; .env.example lists them all.",
)
app.add_typer(forms.app, name="form")


@app.callback()
def program() -> None:
    """Log as every command does; what we write is for nobody else on this machine."""
    os.umask(0o077)
    logs.set_up()


def settings_or_leave() -> Settings:
    """Read the settings, or say what is wrong with them and leave."""
    try:
        return read_settings()
    except Misconfigured as mistakes:
        leave(str(mistakes))


def leave(says: str) -> NoReturn:
    """Say what is wrong and leave."""
    typer.echo(says, err=True)
    raise typer.Exit(2)


@app.command()
def run() -> None:
    """Run the bot until interrupted, with the scheduler beside it.

    A second process on the same database stands by and takes over when the first is gone.
    """
    settings = settings_or_leave()
    if not settings.telegram_token.get_secret_value():
        leave("QINGFENG_TELEGRAM_TOKEN is missing: ask @BotFather for a token, or try: make demo")
    sys.setswitchinterval(SWITCH)
    gc.freeze()
    gc.set_threshold(LITTER)
    with books(settings) as opened, sole(opened.database) as held:
        duty = timetable.Duty(
            opened.database, opened.keys, clock(settings.clock_file), settings.zone
        )
        sweeps = timetable.start(duty)
        try:
            asyncio.run(work(settings, office(settings, opened), held=held))
        except Undelivered as failure:
            leave(f"QINGFENG_TELEGRAM_TOKEN: {failure}")
        finally:
            sweeps.shutdown()


@app.command()
def demo(
    fresh: Annotated[bool, typer.Option(help="Forget what was done in earlier demos.")] = False,
) -> None:
    """Play a township in the browser: a local Telegram, no token, no network."""
    from bot.demo import play  # loads the playground only where it is wanted

    play(settings_or_leave(), fresh=fresh)


@app.command()
def check() -> None:
    """Check settings, keys, database and the way to Telegram, and say what was found."""
    settings = settings_or_leave()
    with books(settings) as opened:
        typer.echo(f"database  {opened.database.url.render_as_string(hide_password=True)}")
        typer.echo(f"keys      {settings.key_file}")
        typer.echo(f"time      {datetime.now(UTC).astimezone(settings.zone):%Y-%m-%d %H:%M %Z}")
        if not settings.telegram_token.get_secret_value():
            leave("telegram  QINGFENG_TELEGRAM_TOKEN is missing")
        at_work = office(settings, opened)

        async def greet() -> str:
            await at_work.channel.open()
            try:
                return at_work.channel.link
            finally:
                await at_work.channel.close()

        try:
            typer.echo(f"telegram  {asyncio.run(greet())}")
        except Undelivered as failure:
            leave(f"telegram  {failure}")


@app.command("import")
def import_(
    workbook: Annotated[Path, typer.Argument(help="The organisation workbook, an .xlsx file.")],
    dry_run: Annotated[bool, typer.Option(help="Only say what is in it.")] = False,
) -> None:
    """Take over units, posts, people and appointments from a workbook; all of it or nothing."""
    settings = settings_or_leave()
    try:
        roster = read_roster(workbook.read_bytes())
    except OSError as error:
        leave(f"{workbook}: {error.strerror}")
    except RosterFaults as faults:
        lines = [plain_words(fault.phrase, language_of_terminal()) for fault in faults.faults]
        leave("\n".join([*lines, plain_words(faults.phrase, language_of_terminal())]))
    said = (
        f"{len(roster.units)} units, {len(roster.posts)} posts, {len(roster.people)} people, "
        f"{len(roster.appointments)} appointments"
    )
    if dry_run:
        typer.echo(f"{workbook.name} is in order: {said}. Nothing was imported.")
        return
    with books(settings) as opened, opened.database.writing() as session:
        take_over(session, roster)
    typer.echo(f"Imported {said}.")


@app.command()
def invite(
    code: Annotated[str, typer.Argument(help="The person's code in the workbook, such as R011.")],
) -> None:
    """Make an invitation, such as the office clerk's, who then invites the others in the chat."""
    settings = settings_or_leave()
    with books(settings) as opened, opened.database.writing() as session:
        person = session.exec(select(Person).where(Person.code == code)).first()
        if person is None:
            leave(f"Nobody has the code {code}: import the workbook first, or look it up there.")
        if person.account_hash:
            leave(f"{person.name} has joined already.")
        word, now = people.new_code(), clock(settings.clock_file)()
        code_hash = opened.keys.lookup(word)
        people.invite(session, person.id, code_hash=code_hash, made_by=None, now=now)
        said = f"{person.name} types {word} to the bot after 輸入邀請碼; once, within "
    typer.echo(f"{said}{people.INVITATION_LASTS.days} days.")


def language_of_terminal() -> Language:
    """Speak English where the terminal does."""
    return Language.EN if os.environ.get("LANG", "").startswith("en") else Language.ZH_HANT


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
