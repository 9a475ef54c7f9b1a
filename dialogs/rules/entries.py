"""What a catalogue entry may hold, and who approves it: never the one who wrote it."""

from collections.abc import Collection
from uuid import UUID

MOST_NAME = 60  # letters
MOST_STEP = 40
MOST_TEXT = 800  # what the power rests on, the conditions of a process
MOST_CLAUSE = 400  # every other paragraph
MOST_LINE = 200  # what is said of a step
MOST_RULE = 3500  # a rule written in the chat; a longer one is sent as a file
MOST_STEPS = 40
MOST_DAYS = 365
MOST_FILE = 10_000_000  # bytes of a rule's document


def may_approve(
    approver: UUID, writer: UUID | None, *, heads: Collection[UUID], leads: bool
) -> bool:
    """Say whether somebody may approve what another wrote in a unit.

    The head does; the leader in charge does where the head wrote it, or there is no head.
    """
    if approver == writer:
        return False
    return approver in heads or (leads and (writer in heads or not heads))
