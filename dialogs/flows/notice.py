"""公示與評議: grades are shown for a time; people object and say what they think of them."""

from collections.abc import Sequence

from dialogs.asking import choose, confirm, count, pick, tell, write, write_or_skip
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import (
    NoticeClosed,
    NoticePublished,
    NoticesAsked,
    Objected,
    ObjectionAnswered,
    Voice,
    Voted,
)
from dialogs.facts import About, DeclarationLine, Nothing, NoticeTold, ObjectionAtHand, ToPublish
from dialogs.flows.at_once import silence
from dialogs.flows.review import declaration_line
from dialogs.prompts import Option
from dialogs.rules.anonymity import tell_tales
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import NoticeScope, ObjectionState, Opinion


def publish_notice(told: ToPublish) -> Dialogue[NoticePublished | None]:
    """Choose what is shown, to whom, and for how long."""
    if not told.lines:
        raise Refused("nothing_to_publish")
    options = [Option(line.declaration.hex[:8], of_unit(line), line) for line in told.lines]
    picked: Sequence[DeclarationLine] = yield from pick(
        "notice.which", options, at_least=1, proposed=[option.code for option in options]
    )
    scopes = [scope for scope in NoticeScope if told.channel or scope is not NoticeScope.CHANNEL]
    scope = yield from choose("notice.scope", scopes)
    days = yield from count("notice.days", low=told.least, high=told.most, proposed=told.days)
    if not (yield from confirm("notice.confirm", posts=len(picked), scope=scope, days=days)):
        return None
    return NoticePublished(tuple((line.declaration, line.version) for line in picked), scope, days)


def of_unit(line: DeclarationLine) -> Phrase:
    """Say a declaration with its unit."""
    return Phrase("notices.of_unit", {"unit": line.unit, "line": declaration_line(line)})


def show_notices(_: Nothing) -> Dialogue[NoticesAsked]:
    """Ask what is public now."""
    yield from silence()
    return NoticesAsked()


def close_notice(notice: About) -> Dialogue[NoticeClosed]:
    """Close a notice whose days are over."""
    yield from silence()
    return NoticeClosed(notice.subject)


def object_to_grade(notice: NoticeTold) -> Dialogue[Objected | None]:
    """Take what somebody has against the grade of a post."""
    yield from tell("objection.promise")
    line: DeclarationLine = yield from choose("objection.which", posts_of(notice))
    text = yield from write("objection.text", at_least=6, at_most=1500)
    if tales := tell_tales(text):
        yield from tell("complaint.tell_tales", tales=Listing(tales, inline=True))
    if not (yield from confirm("objection.send", post=line.post)):
        return None
    return Objected(notice.notice, line.declaration, text)


def vote(notice: NoticeTold) -> Dialogue[Voted | None]:
    """Take an opinion on the grades of the posts somebody knows."""
    yield from tell("vote.promise")
    picked: Sequence[DeclarationLine] = yield from pick("vote.which", posts_of(notice), at_least=1)
    voices = []
    for line in picked:
        place = line.declaration.hex[:8]
        opinion = yield from choose(f"vote.opinion@{place}", Opinion, line=declaration_line(line))
        comment = yield from write_or_skip(f"vote.comment@{place}", at_most=300, post=line.post)
        voices.append(Voice(line.declaration, opinion, comment))
    if not (yield from confirm("vote.send", posts=len(voices))):
        return None
    return Voted(notice.notice, tuple(voices))


def posts_of(notice: NoticeTold) -> list[Option]:
    """Offer the posts of a notice."""
    return [Option(line.declaration.hex[:8], of_unit(line), line) for line in notice.lines]


def answer_objection(objection: ObjectionAtHand) -> Dialogue[ObjectionAnswered | None]:
    """Uphold an objection or dismiss it, with an answer that everybody may read."""
    yield from tell(
        "objection.at_hand", post=objection.post, text=objection.text, due=objection.due
    )
    state = yield from choose("objection.state", [ObjectionState.UPHELD, ObjectionState.DISMISSED])
    answer = yield from write("objection.answer", at_least=6, at_most=1000)
    if not (yield from confirm("objection.confirm", state=state, answer=answer)):
        return None
    return ObjectionAnswered(objection.objection, state, answer)
