"""What others found on a post, written down and told to its holder."""

from uuid import UUID

from sqlmodel import Session, col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Phrase, Reply, say
from dialogs.vocabulary import FindingMethod
from storage import declarations, findings, letters
from storage.occasion import Occasion
from storage.people import holders_of, posts_held
from storage.recorder.outcome import Outcome, record
from storage.tables import Post


@record.register
def pointed_out(
    event: events.PointedOut, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a finding down and tell the holder that there is one; a villager is not noted."""
    post = session.get(Post, event.post)
    if post is None:
        raise Refused("unknown_action")
    public = event.method is FindingMethod.PUBLIC
    if not public:
        occasion.must_reach(Action.POINT_OUT, post.unit_id)
    if event.post in own_posts(session, occasion):
        raise Refused("own_post_by_self_check")
    found_by = None if public else occasion.person
    findings.point_out(session, event, found_by=found_by, today=occasion.today)
    tell_holders(session, post, occasion=occasion)
    return Outcome([say("finding.recorded", post=post.title)])


def own_posts(session: Session, occasion: Occasion) -> set[UUID]:
    """List the posts the person holds; a stranger holds none."""
    if occasion.known is None:
        return set()
    held = posts_held(session, occasion.known.person, today=occasion.today)
    return {post.post for post in held}


def tell_holders(session: Session, post: Post, *, occasion: Occasion) -> None:
    """Tell the holders of a post that something was found on it, and let them take it up."""
    told = Phrase("finding.told", {"post": post.title})
    for holder in holders_of(session, post.id, today=occasion.today):
        go = declarations.way_to_change(session, post.id, holder)
        letters.tell(
            session,
            [holder],
            Reply([told], [[Button(Phrase("work.findings", {"post": post.title}), go)]]),
            keys=occasion.keys,
            now=occasion.now,
        )


@record.register
def checks_assigned(
    event: events.ChecksAssigned, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Ask colleagues to check posts of the unit, and tell them."""
    posts = {
        post.id: post
        for post in session.exec(
            select(Post).where(col(Post.id).in_([post for post, _ in event.pairs]))
        )
    }
    for post, checker in event.pairs:
        occasion.must_reach(Action.ASSIGN_CHECKS, posts[post].unit_id)
        if checker in holders_of(session, post, today=occasion.today):
            raise Refused("never_ones_own")
    checks = findings.assign(
        session, event.pairs, by=occasion.person, due=event.due, today=occasion.today
    )
    untold = 0
    for check in checks:
        title = posts[check.post_id].title
        go = Go(Action.CHECK_FOR_ANOTHER, check.id.hex)
        told = Phrase("mutual.told", {"post": title, "due": check.due_on, "by": occasion.name})
        button = Button(Phrase("work.mutual", {"post": title}), go)
        joined = letters.tell(
            session,
            [check.checker_id],
            Reply([told], [[button]]),
            keys=occasion.keys,
            now=occasion.now,
        )
        untold += not joined
    said = [Phrase("mutual.assigned", {"count": len(checks), "due": event.due})]
    if untold:
        said.append(Phrase("mutual.some_not_told", {"count": untold}))
    return Outcome([Reply(said)])


@record.register
def checked_for_another(
    event: events.CheckedForAnother, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write down what a colleague found on a post, or that there is nothing and why."""
    check = findings.open_check(session, event.check, checker=occasion.person)
    post = session.get_one(Post, check.post_id)
    findings.checked(session, event, checker=occasion.person, now=occasion.now)
    for one in event.findings:
        findings.point_out(session, one, found_by=occasion.person, today=occasion.today)
    if event.findings:
        tell_holders(session, post, occasion=occasion)
    return Outcome([say("mutual.recorded", post=post.title, count=len(event.findings))])
