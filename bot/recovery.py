"""The command line for recovery: a key in shares, and a case opened by enough of them."""

from pathlib import Path
from typing import Annotated

import typer

from bot.console import hidden, in_sentences, tell
from bot.handing_on import hand_on, target
from bot.unpacked import show
from dialogs.errors import Refused
from dialogs.speech import Phrase, Sayable
from storage.vault import bundles, carried, recovery, shares

app = typer.Typer(
    no_args_is_help=True,
    help="A key that nobody has whole: so many shares of it open any case.",
)

Shares = Annotated[
    list[str] | None,
    typer.Option("--share", help="A share; those that lack are asked for, without showing them."),
]


@app.command()
def new(
    parts: Annotated[int, typer.Option("--shares", help="How many people keep a share.")] = 3,
    needed: Annotated[int, typer.Option(help="How many of them it takes.")] = 2,
) -> None:
    """Make a recovery key and show its shares, once; none of it is kept on this computer."""
    with in_sentences():
        spare, cut = recovery.made(parts=parts, needed=needed)
    for one in cut:
        tell(Phrase("vault.share_shown", {"place": one.place, "line": one.written()}))
    line = recovery.line(spare.public)
    said: dict[str, Sayable] = {
        "parts": parts,
        "needed": needed,
        "line": line,
        "mark": spare.key_id,
    }
    tell(Phrase("vault.shares_made", said))


@app.command("open")
def open_(
    file: Annotated[Path, typer.Argument(help="The sealed case from the bot, a .qfcase file.")],
    share: Shares = None,
    out: Annotated[Path | None, typer.Option(help="A folder for the files.")] = None,
) -> None:
    """Open a case with enough shares, where no handler's key is left."""
    with in_sentences():
        case = carried.read(file.read_bytes())
        key_id, private = recovery.joined(gathered(share or []))
        show(case.number, case.opened(key_id, private), out)


@app.command()
def rewrap(
    file: Annotated[Path, typer.Argument(help="The sealed keys from the bot, a .qfkeys file.")],
    to: Annotated[str, typer.Option(help="The line of who is to have them, qfkey1:….")],
    share: Shares = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("back.qfkeys"),
) -> None:
    """Seal the keys of cases to a handler's new key, where the old one is lost."""
    with in_sentences():
        keys = bundles.read(file.read_bytes())
        key_id, private = recovery.joined(gathered(share or []))
        hand_on(bundles.rewrapped(keys, key_id, private, target(to)), target(to), out)


def gathered(given: list[str]) -> list[str]:
    """Ask for the shares that lack, one by one; one that was mistyped is asked for again."""
    lines = [one for one in given if shares.read(one)]
    while not lines or len(lines) < shares.read(lines[0]).needed:
        line = hidden(Phrase("vault.ask_share", {"count": len(lines) + 1}))
        if not line:
            break
        try:
            shares.read(line)
        except Refused as refused:
            tell(refused.phrase)
        else:
            lines.append(line)
    return lines
