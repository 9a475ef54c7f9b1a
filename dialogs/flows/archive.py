"""檔案: an officer reads the file of a post, or stands aside from it."""

from dialogs.asking import confirm, write
from dialogs.engine import Dialogue
from dialogs.events import ArchiveOpened, EvidenceAsked, Recused
from dialogs.facts import About, DeclarationNamed, PostsNamed
from dialogs.flows.at_once import silence
from dialogs.flows.finding import choose_post


def open_archive(told: PostsNamed) -> Dialogue[ArchiveOpened]:
    """Choose whose file is read."""
    post = yield from choose_post(told.posts)
    return ArchiveOpened(post.post)


def show_evidence(declaration: About) -> Dialogue[EvidenceAsked]:
    """Ask for what was handed in to show how far the measures of a declaration are."""
    yield from silence()
    return EvidenceAsked(declaration.subject)


def stand_aside(told: DeclarationNamed) -> Dialogue[Recused | None]:
    """Say why one stands aside; it cannot be taken back by oneself."""
    reason = yield from write("recuse.reason", at_least=2, at_most=300, holder=told.holder)
    if not (yield from confirm("recuse.confirm", holder=told.holder)):
        return None
    return Recused(told.declaration, reason)
