"""Run a playground in its own process: its URL is the only line it writes."""

from pathlib import Path
from typing import Annotated

import typer

from bot.playground.server import Server, listening, url_of
from bot.playground.telegram import Telegram


def run(
    port: Annotated[int, typer.Option(help="Port on this machine; 0 finds a free one.")] = 0,
    token: Annotated[str, typer.Option(help="The token the bot will use.")] = "1:demo",  # noqa: S107 - it opens nothing but this playground
    flood: Annotated[bool, typer.Option(help="Answer 429 to a bot that is too fast.")] = True,
    people: Annotated[int, typer.Option(help="How many people have pressed START.")] = 0,
    latency: Annotated[float, typer.Option(help="Seconds every answer takes longer.")] = 0.0,
    folder: Annotated[Path | None, typer.Option(help="Where to keep everything.")] = None,
    clock_file: Annotated[Path | None, typer.Option(help="Where to write the offset.")] = None,
) -> None:
    """Serve a strict local Telegram until interrupted."""
    telegram = Telegram(folder=folder, clock_file=clock_file, flood=flood, latency=latency)
    for number in range(len(telegram.people), people):
        telegram.add_person(f"Person {number + 1}", started=True)
    with listening(port) as opened:
        typer.echo(url_of(opened))
        Server(telegram, token=token).run([opened])


if __name__ == "__main__":
    typer.run(run)
