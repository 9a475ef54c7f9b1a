"""群眾提、互相查、領導點、組織評: risk points that others find on a post."""

from collections.abc import Sequence
from uuid import UUID

from dialogs.asking import choose, confirm, day, pick, tell, write
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import CheckedForAnother, ChecksAssigned, PointedOut
from dialogs.facts import (
    Colleague,
    MutualChecksToAssign,
    PostNamed,
    PostsNamed,
    PostsToPointAt,
    PostToCheckForAnother,
)
from dialogs.flows.risk_point import MOST_OWN, ways_told
from dialogs.prompts import Option
from dialogs.speech import Brief, Listing, Phrase
from dialogs.vocabulary import Aspect, Channel, FindingMethod, aspects_of

SHOWN = 80  # letters of a text where a colleague's post is shown


def choose_post(posts: Sequence[PostNamed]) -> Dialogue[PostNamed]:
    """Choose a unit, then a post of it."""
    units = list(dict.fromkeys((post.unit, post.unit_name) for post in posts))
    if not units:
        raise Refused("no_posts")
    unit: UUID = units[0][0]
    if len(units) > 1:
        unit = yield from choose(
            "post.unit", [Option(one.hex[:8], name, one) for one, name in units], columns=2
        )
    of_unit = [post for post in posts if post.unit == unit]
    options = [Option(post.post.hex[:8], titled(post), post) for post in of_unit]
    chosen: PostNamed = yield from choose("post.which", options)
    return chosen


def titled(post: PostNamed) -> Phrase:
    """Say a post with who holds it."""
    if not post.holders:
        return Phrase("post.vacant", {"post": post.title})
    holders = Listing(post.holders, inline=True)
    return Phrase("post.held", {"post": post.title, "holders": holders})


def suggest_risk(township: PostsNamed) -> Dialogue[PointedOut | None]:
    """Let anybody say where a post could go wrong; not what somebody did."""
    yield from tell("suggest.promise")
    post = yield from choose_post(township.posts)
    return (yield from point_at(post, FindingMethod.PUBLIC))


def point_out(told: PostsToPointAt) -> Dialogue[PointedOut | None]:
    """Let a leader or the commission point out a risk, and say how they came to know of it."""
    post = yield from choose_post(told.posts)
    method = told.methods[0]
    if len(told.methods) > 1:
        method = yield from choose("point_out.method", told.methods)
    if method is not FindingMethod.ORGANISATION:
        return (yield from point_at(post, method))
    options = [Option(channel.value, channel, channel) for channel in Channel]
    assessed = Option("assessed", Phrase("point_out.assessed"), None)
    channel: Channel | None = yield from choose("point_out.channel", [assessed, *options])
    reference, loss = "", False
    if channel:
        reference = yield from write("point_out.reference", at_least=2, at_most=100)
    if channel in (Channel.AUDIT, Channel.INSPECTION):
        loss = yield from confirm("point_out.loss", channel=channel)
    return (yield from point_at(post, method, channel=channel, reference=reference, loss=loss))


def point_at(
    post: PostNamed,
    method: FindingMethod,
    *,
    channel: Channel | None = None,
    reference: str = "",
    loss: bool = False,
) -> Dialogue[PointedOut | None]:
    """Ask what could go wrong on a post, and how it would show."""
    aspect: Aspect = yield from choose("finding.aspect", list(aspects_of(post.kind)))
    name = yield from write("finding.name", at_least=2, at_most=40, one_line=True)
    manifestation = yield from write("finding.manifestation", at_least=4, at_most=1000, name=name)
    if not (yield from confirm("finding.send", post=post.title, name=name)):
        return None
    return PointedOut(
        post=post.post,
        method=method,
        aspect=aspect,
        name=name,
        manifestation=manifestation,
        channel=channel,
        reference=reference,
        loss=loss,
    )


def assign_checks(told: MutualChecksToAssign) -> Dialogue[ChecksAssigned | None]:
    """Choose who checks which post of the unit; never their own."""
    options = [Option(post.post.hex[:8], titled(post), post) for post in told.posts]
    if not options:
        raise Refused("no_posts")
    picked: Sequence[PostNamed] = yield from pick(
        "mutual.posts", options, at_least=1, unit=told.unit
    )
    pairs, lines = [], []
    for post in picked:
        others = [one for one in told.people if post.post not in one.posts]
        if not others:
            raise Refused("nobody_else_in_unit")
        checker: Colleague = yield from choose(
            f"mutual.checker@{post.post.hex[:8]}",
            [Option(one.person.hex[:8], one.name, one) for one in others],
            columns=2,
            post=post.title,
        )
        pairs.append((post.post, checker.person))
        lines.append(Phrase("mutual.pair", {"post": post.title, "checker": checker.name}))
    due = yield from day("mutual.due", earliest=told.today, proposed=told.due)
    if not (yield from confirm("mutual.confirm", pairs=Listing(lines), due=due)):
        return None
    return ChecksAssigned(tuple(pairs), due)


def check_for_another(told: PostToCheckForAnother) -> Dialogue[CheckedForAnother]:
    """Look at what a colleague declared, and say what is missing, or why nothing is."""
    declared = [
        Phrase(
            "mutual.point",
            {
                "name": point.name,
                "aspect": point.aspect,
                "shows": Brief(ways_told(point.ways), SHOWN),
            },
        )
        for point in told.post.before
    ]
    yield from tell(
        "mutual.declared",
        post=told.post.title,
        holder=told.holder,
        points=Listing(declared) if declared else Phrase("mutual.nothing_declared"),
    )
    findings: list[PointedOut] = []
    if not (yield from confirm("mutual.anything")):
        reason = yield from write("mutual.none_because", at_least=4, at_most=500)
        return CheckedForAnother(told.check, (), reason)
    for number in range(1, MOST_OWN + 1):
        aspect = yield from choose(f"finding.aspect@{number}", list(aspects_of(told.post.kind)))
        name = yield from write(f"finding.name@{number}", at_least=2, at_most=40)
        shows = yield from write(
            f"finding.manifestation@{number}", at_least=4, at_most=1000, name=name
        )
        findings.append(PointedOut(told.post.post, FindingMethod.MUTUAL, aspect, name, shows))
        if number == MOST_OWN or not (yield from confirm(f"mutual.another@{number}")):
            break
    return CheckedForAnother(told.check, tuple(findings))
