"""組織名冊: the clerk sends the workbook, sees what it would change, and gives the word."""

from typing import Any

from dialogs.documents.workbook import MOST_BYTES
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import RosterConfirmed, RosterExportAsked, RosterSent
from dialogs.facts import About, Nothing
from dialogs.flows.at_once import silence
from dialogs.prompts import Attachment, Handing

KINDS = ("document", "photo", "voice", "video", "audio", "sticker", "animation", "video_note")


def import_roster(_: Nothing) -> Dialogue[RosterSent]:
    """Take the workbook; what it would change is shown before anything is."""
    file: Any = yield Handing(
        key="roster.file", kinds=KINDS, at_most=MOST_BYTES, check=must_be_a_workbook
    )
    return RosterSent(file)


def must_be_a_workbook(file: Attachment) -> None:
    """Raise Refused for what its name alone says is no .xlsx workbook."""
    name = file.name.lower()
    if name.endswith(".xls"):
        raise Refused("old_workbook")
    if file.kind != "document" or not name.endswith((".xlsx", ".xlsm")):
        raise Refused("workbook_wanted")


def confirm_roster(pending: About) -> Dialogue[RosterConfirmed]:
    """Take the word that what was shown shall be."""
    yield from silence()
    return RosterConfirmed(pending.subject)


def export_roster(_: Nothing) -> Dialogue[RosterExportAsked]:
    """Ask for the workbook as it would be written today."""
    yield from silence()
    return RosterExportAsked()
