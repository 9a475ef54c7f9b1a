"""The command line: `python -m scheduler --on DATE --dry-run` says what a day would bring."""

from datetime import datetime
from typing import Annotated

import typer

from bot.clock import clock
from bot.console import leave, tell
from bot.opening import books
from bot.settings import Misconfigured, read_settings
from dialogs.speech import Phrase
from scheduler.rehearsal import rehearse
from scheduler.timetable import Duty

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day to look at.")],
    dry_run: Annotated[bool, typer.Option(help="Say what would happen; change nothing.")] = False,
) -> None:
    """Say what a day would bring, person by person and sweep by sweep."""
    if not dry_run:
        leave(Phrase("rehearsal.refused"))
    try:
        settings = read_settings()
        with books(settings) as opened:
            duty = Duty(
                *(opened.database, opened.keys, clock(settings.clock_file), settings.zone),
                calendar=settings.working_days,
            )
            for said in rehearse(duty, on.date()):
                tell(said)
    except Misconfigured as mistakes:
        typer.echo(str(mistakes), err=True)
        raise typer.Exit(2) from None


if __name__ == "__main__":
    app()
