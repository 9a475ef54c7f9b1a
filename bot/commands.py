"""The command line: run the bot, try it out, look after its data."""

import asyncio
import gc
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlmodel import select

from bot import backtest, forms, logs, vault
from bot.channels import Undelivered
from bot.clock import clock
from bot.console import in_words, language_of_terminal
from bot.opening import Books, books, office, work
from bot.settings import Misconfigured, Settings, read_settings
from dialogs.catalogue.policy import number
from dialogs.documents.catalogues import read_catalogues, write_catalogues
from dialogs.documents.faults import CatalogueFaults, RosterFaults
from dialogs.documents.roster import read_roster, write_roster
from dialogs.documents.roster_difference import compare
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.recusal import FEWEST
from dialogs.speech import Phrase
from scheduler import timetable
from storage import audit, catalogues, people
from storage.leadership import sole
from storage.organisation import remembered, take_over
from storage.recorder.postings import tell
from storage.tables import Person
from storage.vault.keys import close_for_others, handlers

SWITCH = 0.0005  # seconds a busy thread may keep the loop from its sockets
LITTER = 20_000  # new objects before the collector looks; a round of the desk makes thousands


class Untaken(Exception):  # noqa: N818 - it undoes what was only tried
    """A workbook was only tried."""


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="清風 Qingfeng: the bot through which a township prevents integrity risks.\n\n"
    "Settings are environment variables, or lines of a .env file; .env.example lists them all.",
)
app.add_typer(forms.app, name="form")
app.add_typer(vault.app, name="vault")
app.command()(backtest.backtest)


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
    logs.set_up(settings.logged)
    sys.setswitchinterval(SWITCH)
    gc.set_threshold(LITTER)
    with books(settings) as opened, sole(opened.database) as held:
        at_work = office(settings, opened)
        duty = timetable.Duty(
            opened.database,
            opened.keys,
            clock(settings.clock_file),
            settings.zone,
            settings.public_channel,
            settings.working_days,
            rest=at_work.delivery.stand_aside,
        )
        sweeps = timetable.start(duty)
        try:
            asyncio.run(work(settings, at_work, held=held))
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
        typer.echo(f"calendar  {calendar_said(settings)}")
        typer.echo(f"letters   {readers_said(opened, settings)}")
        if not settings.telegram_token.get_secret_value():
            leave("telegram  QINGFENG_TELEGRAM_TOKEN is missing")
        at_work = office(settings, opened)

        async def greet() -> str:
            try:
                await at_work.channel.open()
                return at_work.channel.link
            finally:
                await at_work.channel.close()

        try:
            typer.echo(f"telegram  {asyncio.run(greet())}")
        except Undelivered as failure:
            leave(f"telegram  {failure}")


def calendar_said(settings: Settings) -> str:
    """Say how far the public holidays are known, and what to do where that is not far."""
    until = settings.working_days.known_until
    said = f"{settings.calendar}, known until {until}"
    left = (until - datetime.now(UTC).astimezone(settings.zone).date()).days
    if left > number("calendar_notice"):
        return said
    return f"{said}; afterwards only weekends are free: renew the program (docs/operations.md)"


def readers_said(opened: Books, settings: Settings) -> str:
    """Say how many can read letters, and what that means."""
    with opened.database.reading() as session:
        today = datetime.now(UTC).astimezone(settings.zone).date()
        count = len(handlers(session, today=today))
    if count < FEWEST:
        return f"{count} of the commission can read them; below {FEWEST} none are taken"
    return f"{count} of the commission can read them"


@app.command("import")
def import_(
    workbook: Annotated[Path, typer.Argument(help="The organisation workbook, an .xlsx file.")],
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
) -> None:
    """Take over the organisation from a workbook, and say what changes; all of it or nothing."""
    settings = settings_or_leave()
    try:
        roster = read_roster(workbook.read_bytes())
    except OSError as error:
        leave(f"{workbook}: {error.strerror}")
    except RosterFaults as faults:
        lines = [in_words(fault.phrase) for fault in faults.faults]
        leave("\n".join([in_words(faults.phrase), *lines]))
    with books(settings) as opened, opened.database.writing() as session:
        difference = compare(remembered(session), roster)
        for line in difference.lines:
            typer.echo(in_words(line))
        if not difference.changes:
            typer.echo(in_words(Phrase("roster.unchanged")))
        if dry_run:
            typer.echo("Nothing was imported.")
            return
        now = clock(settings.clock_file)()
        today = now.astimezone(settings.zone).date()
        try:
            taken = take_over(session, roster, today=today)
        except Refused as refused:
            leave(in_words(refused.phrase))
        close_for_others(session, today=today)
        tell(session, taken.begun, taken.over, keys=opened.keys, now=now, today=today)
    typer.echo(
        f"Imported {taken.units} units, {taken.posts} posts, {taken.people} people, "
        f"{taken.appointments} appointments."
    )


@app.command()
def export(
    workbook: Annotated[Path, typer.Argument(help="The file to write, ending in .xlsx.")],
) -> None:
    """Write the organisation as the workbook that `import` reads back to the same."""
    settings = settings_or_leave()
    with books(settings) as opened, opened.database.reading() as session:
        content = write_roster(remembered(session))
    try:
        with workbook.open("xb") as file:
            file.write(content)
    except OSError as error:
        leave(f"{workbook}: {error.strerror}")
    typer.echo(f"Wrote {workbook}.")


@app.command("import-catalogue")
def import_catalogue(
    workbook: Annotated[Path, typer.Argument(help="The workbook of catalogues, an .xlsx file.")],
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
) -> None:
    """Take over powers, processes and rules from a workbook; each change has to be approved."""
    settings = settings_or_leave()
    try:
        content = workbook.read_bytes()
    except OSError as error:
        leave(f"{workbook}: {error.strerror}")
    now = clock(settings.clock_file)()
    with books(settings) as opened, suppress(Untaken), opened.database.writing() as session:
        try:
            read = read_catalogues(content, catalogues.codes(session))
            changes = catalogues.take_over(session, read, by=None, now=now)
        except CatalogueFaults as faults:
            lines = [plain_words(one.phrase, language_of_terminal()) for one in faults.faults]
            leave("\n".join([*lines, f"{workbook.name}: nothing was taken over."]))
        except Refused as refused:
            leave(plain_words(refused.phrase, language_of_terminal()))
        for change in changes:
            typer.echo(f"{'new' if change.new else 'changed'}  {change.row.code}  {change.name}")
        typer.echo(f"{len(changes)} entries {'would change' if dry_run else 'wait for approval'}.")
        if dry_run:
            raise Untaken


@app.command("export-catalogue")
def export_catalogue(
    workbook: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
) -> None:
    """Write the newest version of every power, process and rule to a workbook."""
    settings = settings_or_leave()
    with books(settings) as opened, opened.database.reading() as session:
        exported = catalogues.export(session)
    workbook.write_bytes(write_catalogues(exported))
    kept = len(exported.powers), len(exported.processes), len(exported.rules)
    typer.echo(f"{workbook}: {kept[0]} powers, {kept[1]} processes, {kept[2]} rules.")


@app.command()
def verify(
    root: Annotated[str, typer.Option(help="A root written down earlier, as ORDINAL:DIGEST.")] = "",
) -> None:
    """Say whether the audit log is whole, and its root; leave with 1 where it is not."""
    settings = settings_or_leave()
    try:
        earlier = audit.Root.read(root) if root else None
    except Refused as refused:
        leave(in_words(refused.phrase))
    with books(settings) as opened, opened.database.reading() as session:
        inspected = audit.inspect(session, earlier)
    for line in inspected.said(settings.zone):
        typer.echo(in_words(line))
    if inspected.fault:
        raise typer.Exit(1)
    if earlier:
        typer.echo(in_words(Phrase("audit.root_holds", {"ordinal": earlier.ordinal})))


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
        now = clock(settings.clock_file)()
        today = now.astimezone(settings.zone).date()
        if not people.belonging(session, [person.id], today=today):
            leave(in_words(Phrase("refused.person_left", {"name": person.name})))
        word = people.new_code()
        code_hash = opened.keys.lookup(word)
        people.invite(session, person.id, code_hash=code_hash, made_by=None, now=now)
        said = f"{person.name} types {word} to the bot after 輸入邀請碼; once, within "
    typer.echo(f"{said}{people.INVITATION_LASTS.days} days.")


def main() -> None:
    """Run the command line; what cannot be opened is said in a sentence."""
    try:
        app()
    except Misconfigured as mistakes:
        typer.echo(str(mistakes), err=True)
        sys.exit(2)
