"""隱私與保存: what is kept, how long, who can open it, and what cannot be protected."""

from collections.abc import Mapping, Sequence

from dialogs.catalogue.privacy import KEPT, LIMITS, Kept
from dialogs.engine import Dialogue
from dialogs.events import PrivacyAsked
from dialogs.facts import TopicNamed
from dialogs.flows.at_once import silence
from dialogs.speech import Listing, Phrase, Sayable
from dialogs.vocabulary import PrivacyTopic


def show_privacy(told: TopicNamed) -> Dialogue[PrivacyAsked]:
    """Ask for a page of it."""
    yield from silence()
    return PrivacyAsked(told.topic)


def kept_lines(topic: PrivacyTopic, lasting: Mapping[str, Sayable]) -> Sequence[Sayable]:
    """Say what is kept under a topic."""
    return [kept_line(one, lasting) for one in KEPT if one.topic is topic]


def kept_line(one: Kept, lasting: Mapping[str, Sayable]) -> Phrase:
    """Say a kind of thing that is kept: what, in what form, how long, for whom, where."""
    return Phrase(
        "privacy.row",
        {
            "what": Phrase(f"kept.{one.name}"),
            "form": Listing(one.form, inline=True),
            "span": Phrase(f"kept_for.{one.span}", lasting),
            "readers": Listing(one.readers, inline=True),
            "tables": ", ".join(one.tables),
        },
    )


def limit_lines() -> Sequence[Sayable]:
    """Say what cannot be protected."""
    limits = [Phrase("privacy.limit", {"limit": Phrase(f"limit.{name}")}) for name in LIMITS]
    return [Phrase("privacy.limits"), *limits, Phrase("privacy.gravest")]
