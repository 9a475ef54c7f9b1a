"""The language chosen in each chat."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs.vocabulary import Language
from storage.tables import ChatLanguage


def chosen(session: Session, chat_hashes: Collection[str]) -> Mapping[str, Language]:
    """Find the languages chosen in chats; those without a choice are left out."""
    rows = session.execute(
        sa.select(col(ChatLanguage.chat_hash), col(ChatLanguage.language)).where(
            col(ChatLanguage.chat_hash).in_(chat_hashes)
        )
    )
    return dict(rows.all())


def choose(session: Session, chat_hash: str, language: Language) -> None:
    """Speak a language in a chat from now on."""
    session.merge(ChatLanguage(chat_hash=chat_hash, language=language))
