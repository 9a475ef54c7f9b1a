"""The command line for letters outside the server: make a key, open a case with it, drill."""

from pathlib import Path
from typing import Annotated

import typer

from bot import recovery
from bot.console import hidden, in_sentences, tell, write_anew
from bot.handing_on import hand_on, target
from bot.unpacked import show
from dialogs.errors import Refused
from dialogs.flows.vault_key import SHORTEST
from dialogs.speech import Phrase
from storage.vault import bundles, carried, drill, key_files

app = typer.Typer(
    no_args_is_help=True,
    help="Letters on a handler's own computer: make a key, open a case, recover, drill.\n\n"
    "No server, database or settings are needed, and no network.",
)
app.add_typer(recovery.app, name="recovery")

CaseFile = Annotated[Path, typer.Argument(help="The sealed case from the bot, a .qfcase file.")]
KeyPath = Annotated[Path, typer.Option("--key", help="The key file that `vault new` made.")]
Out = Annotated[Path | None, typer.Option(help="A folder for the files; without it none is kept.")]


@app.command()
def new(
    key_file: Annotated[Path, typer.Argument(help="The key file to make; none is overwritten.")],
) -> None:
    """Make a pair of keys; the private one never leaves the file, locked by a passphrase."""
    with in_sentences():
        if key_file.exists():
            raise Refused("key_file_there", file=str(key_file))
        made = key_files.made(chosen())
        write_anew(key_file, made.written())
    said = {"file": str(key_file), "line": key_files.line(made.public), "mark": made.id}
    tell(Phrase("vault.made", said))


def chosen() -> str:
    """Have a passphrase chosen, written twice alike."""
    passphrase = hidden(Phrase("vault.choose_passphrase", {"least": SHORTEST}))
    if len(passphrase) < SHORTEST:
        raise Refused("passphrase_short", least=SHORTEST)
    if hidden(Phrase("vault.passphrase_again")) != passphrase:
        raise Refused("passphrases_differ")
    return passphrase


@app.command("open")
def open_(file: CaseFile, key: KeyPath, out: Out = None) -> None:
    """Open a sealed case: its texts are shown, its files put into a folder if one is named."""
    with in_sentences():
        case = carried.read(file.read_bytes())
        kept = key_files.read(key.read_bytes())
        case.must_be_sealed_to(kept.id)
        private = kept.unlocked(hidden(Phrase("vault.passphrase")))
        show(case.number, case.opened(kept.id, private), out)


@app.command()
def rewrap(
    file: Annotated[Path, typer.Argument(help="The sealed keys from the bot, a .qfkeys file.")],
    key: KeyPath,
    to: Annotated[str, typer.Option(help="The line of who is to have them, qfkey1:….")],
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("back.qfkeys"),
) -> None:
    """Seal the keys of cases to a colleague, or to a new key of one's own."""
    with in_sentences():
        keys = bundles.read(file.read_bytes())
        kept = key_files.read(key.read_bytes())
        private = kept.unlocked(hidden(Phrase("vault.passphrase")))
        hand_on(bundles.rewrapped(keys, kept.id, private, target(to)), target(to), out)


@app.command("drill")
def drill_(
    key: Annotated[
        Path | None, typer.Option(help="Rehearse with this key file, to know that it opens.")
    ] = None,
) -> None:
    """Rehearse on a case made up for it: sealed, opened by key and by shares, thrown away."""
    with in_sentences():
        if key:
            kept = key_files.read(key.read_bytes())
            private = kept.unlocked(hidden(Phrase("vault.passphrase")))
        else:
            kept, private = drill.passing_key()
        for step in drill.steps(kept, private):
            tell(step)
