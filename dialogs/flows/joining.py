"""Joining: the invitation names a person, and the person says that they are it."""

from dialogs.asking import confirm, write
from dialogs.engine import Dialogue
from dialogs.events import CodeTyped, Joined
from dialogs.facts import Invited
from dialogs.speech import Listing, Phrase


def join(invited: Invited) -> Dialogue[CodeTyped | Joined | None]:
    """Take an invitation's code, then let its holder confirm who they are."""
    if not invited.code:
        return CodeTyped((yield from write("join.code", at_most=200)))
    posts = Listing(invited.posts or [Phrase("join.no_post")], inline=True)
    if (yield from confirm("join.is_it_you", name=invited.name, posts=posts)):
        return Joined(invited.code)
    return None
