"""備案: what is filed of a post takes the place of what the same person had on file of it."""

from sqlmodel import select

from dialogs.events import StepDecided
from dialogs.rules.access import Standing
from dialogs.vocabulary import DeclarationState, Language, Move, Role
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import record
from storage.sealing import Keyring
from storage.tables import StepTaken
from tests.builders.grading import declared
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit


def test_what_was_on_file_before_is_superseded_by_a_step_of_its_own(
    database: Database, keys: Keyring
) -> None:
    with database.writing() as session:
        post = a_post(session, a_unit(session, "Z1", "財政所"), "Z1-1", "會計")
        holder, member = (a_person(session, name, keys=keys) for name in ("許春燕", "鄧志遠"))
        before = declared(session, post.id, holder.id, DeclarationState.FILED, on=TODAY)
        anew = declared(session, post.id, holder.id, DeclarationState.SETTLED, on=TODAY)
        others = declared(session, post.id, member.id, DeclarationState.FILED, on=TODAY)
        known = Known(member.id, "鄧志遠", Standing(frozenset({Role.COMMISSION_MEMBER})))
        occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known)
        record(StepDecided(anew.id, anew.version, Move.FILE), session, occasion, None)
        assert [one.state for one in (before, anew, others)] == [
            DeclarationState.SUPERSEDED,
            DeclarationState.FILED,
            DeclarationState.FILED,
        ]
        steps = session.exec(select(StepTaken).where(StepTaken.declaration_id == before.id)).all()
        assert [(one.move, one.leads) for one in steps] == [
            (Move.SUPERSEDE, DeclarationState.SUPERSEDED)
        ]
