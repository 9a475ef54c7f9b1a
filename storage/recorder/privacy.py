"""What is kept, told page by page from the live schema and settings."""

from collections.abc import Sequence
from importlib.metadata import version

import sqlalchemy as sa
from sqlmodel import Session

from dialogs import events
from dialogs.catalogue.privacy import KEPT
from dialogs.flows.privacy import kept_lines, limit_lines
from dialogs.rules.access import Action
from dialogs.speech import Button, Go, Listing, Phrase, Reply, Sayable
from dialogs.vocabulary import PrivacyTopic
from storage.lasting import lasting
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, record
from storage.recorder.pages import in_pages

STEPS = {"alembic_version"}  # which step the schema has reached; it holds nothing else


@record.register
def privacy_asked(
    event: events.PrivacyAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Tell the first page, or one of the topics."""
    if event.topic is None:
        return Outcome([first_page()])
    *before, last = in_pages(topic_lines(event.topic, session, occasion), occasion.language)
    back = [[Button(Phrase("privacy.back"), Go(Action.PRIVACY))]]
    return Outcome([*(Reply(page) for page in before), Reply(last, back, aside=True)])


def first_page() -> Reply:
    """Say the most important in plain words, and offer the topics."""
    topics = [Button(topic, Go(Action.PRIVACY, topic)) for topic in PrivacyTopic]
    rows = [[topic] for topic in topics]
    return Reply([Phrase("notice.privacy", lasting())], rows, aside=True)


def topic_lines(topic: PrivacyTopic, session: Session, occasion: Occasion) -> Sequence[Sayable]:
    """Say what there is to say under a topic."""
    title = Phrase("privacy.topic", {"topic": topic})
    match topic:
        case PrivacyTopic.LIMITS:
            return [title, Listing(limit_lines())]
        case PrivacyTopic.SETTINGS:
            return [title, Listing(setting_lines(session, occasion))]
        case _:
            return [title, *kept_lines(topic, lasting())]


def setting_lines(session: Session, occasion: Occasion) -> Sequence[Sayable]:
    """Say which settings matter, and whether every table of the database is told of."""
    there = set(sa.inspect(session.connection()).get_table_names()) - STEPS
    told = {table for one in KEPT for table in one.tables}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    lines = [
        Phrase("privacy.settings"),
        Phrase("privacy.version", {"version": version("qingfeng")}),
        Phrase("privacy.town", {"town": occasion.town}),
        Phrase("privacy.sqlite" if on_sqlite else "privacy.postgresql"),
        Phrase("privacy.key"),
        Phrase("privacy.no_channel" if occasion.channel is None else "privacy.channel"),
        Phrase("privacy.times", lasting()),
        Phrase("privacy.tables", {"count": len(there), "told": len(there & told)}),
    ]
    if untold := sorted(there - told):
        lines.append(Phrase("privacy.untold", {"tables": ", ".join(untold)}))
    return lines
