"""Questionnaires are kept by version, offered to whom they are meant, and closed in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from dialogs import events
from dialogs.errors import Refused
from dialogs.facts import FormToAnswer
from dialogs.flows.questionnaire import FormAtHand
from dialogs.prompts import Attachment
from dialogs.rules.access import Action, Standing
from dialogs.speech import Phrase
from dialogs.vocabulary import Language, QuestionnaireState, Role
from dialogs.xlsform.play import FormAnswered
from storage import questionnaires
from storage.briefing import brief, recall
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import Questionnaire
from tests.builders.people import NOON, TODAY, a_person, a_unit
from tests.builders.questionnaires import faulty_roads, roads

FILE = Attachment("BQACAg1", "村道.xlsx", "document", 4)
DUE = TODAY + timedelta(days=10)
VILLAGER = Standing()


class Office:
    """An officer at work on the questionnaire about roads."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        self.database = database
        with database.writing() as session:
            person = a_person(session, "韓守正", keys=keys, account=1)
            self.village = a_unit(session, "V1", "上河村").id
            known = Known(person.id, "韓守正", Standing(frozenset({Role.COMMISSION_SECRETARY})))
        self.occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT, known=known)

    def at(self, today: date, standing: Standing = VILLAGER) -> Occasion:
        """An occasion of somebody else, on a day."""
        known = Known(self.occasion.person, "", standing)
        return replace(self.occasion, today=today, known=known)

    def do(self, event: object, occasion: Occasion | None = None, file: bytes = b"") -> Outcome:
        """Let an event happen."""
        occasion = occasion or self.occasion
        prepared = prepare(event, replace(occasion, files=(file,)))
        with self.database.writing() as session, session.begin_nested():
            return record(event, session, occasion, prepared)

    def send(self, workbook: bytes) -> UUID:
        """Send a workbook; give its draft."""
        self.do(events.FormSent(FILE), file=workbook)
        with self.database.reading() as session:
            (draft,) = questionnaires.offers(session, QuestionnaireState.DRAFT)
        assert draft.id
        return draft.id

    def publish(self, workbook: bytes, *roles: Role, units: tuple[UUID, ...] = ()) -> UUID:
        """Send and publish a workbook."""
        sent = self.send(workbook)
        self.do(events.FormPublished(sent, roles, units, DUE))
        return sent

    def states(self) -> dict[str, QuestionnaireState]:
        with self.database.reading() as session:
            return {one.version: one.state for one in questionnaires.offers(session)}

    def offered(self, standing: Standing, today: date = TODAY) -> set[str]:
        """Name what somebody's menu offers."""
        with self.database.reading() as session:
            return {
                one.title for one in questionnaires.for_whom(session, standing, today=today)
            } - {"群眾滿意度問卷"}

    def ask(self, what: Callable[[Session], object]) -> object:
        with self.database.reading() as session:
            return what(session)


@pytest.fixture
def office(database: Database, keys: Keyring) -> Office:
    return Office(database, keys)


def refusal(of: pytest.ExceptionInfo[Refused]) -> str:
    return of.value.phrase.key


def test_a_faulty_workbook_is_refused_with_its_faults_and_not_kept(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.do(events.FormSent(FILE), file=faulty_roads())
    assert refusal(refused) == "refused.form_faults"
    assert refused.value.values["count"] == 2
    assert office.states() == {}


def test_many_faults_are_handed_back_as_a_file(office: Office) -> None:
    rows = [("txet", f"a{n}", "甲", "A") for n in range(40)]
    outcome = office.do(events.FormSent(FILE), file=roads("1", *rows))
    (reply,) = outcome.replies
    assert reply.paper
    assert reply.paper.name == "村道.xlsx 要改的地方.txt"
    assert len(reply.paper.content.decode("utf-8-sig").splitlines()) == 40
    assert office.states() == {}


def test_a_draft_is_replaced_by_the_same_version_sent_again(office: Office) -> None:
    first = office.send(roads("1"))
    second = office.send(roads("1", title="改過的"))
    assert first != second
    assert office.states() == {"1": QuestionnaireState.DRAFT}
    with pytest.raises(Refused) as refused:
        office.do(events.FormPublished(first, (), (), DUE))
    assert refusal(refused) == "refused.questionnaire_gone"


def test_a_published_version_cannot_be_sent_again(office: Office) -> None:
    office.publish(roads("1"))
    with pytest.raises(Refused) as refused:
        office.send(roads("1"))
    assert refusal(refused) == "refused.version_taken"


def test_a_version_stands_once_in_the_books(office: Office) -> None:
    row = {"form": "f", "version": "1", "title": "", "state": QuestionnaireState.DRAFT}
    more = {"sent_by": office.occasion.person, "sent_on": TODAY, "workbook": b""}
    with pytest.raises(IntegrityError), office.database.writing() as session:
        session.add_all([Questionnaire(**row, **more), Questionnaire(**row, **more)])


def test_a_draft_is_offered_to_nobody(office: Office) -> None:
    office.send(roads("1"))
    assert office.offered(VILLAGER) == set()


def test_an_audience_is_offered_it_until_its_last_day(office: Office) -> None:
    office.publish(roads("1"), Role.CADRE, units=(office.village,))
    cadre = Standing(frozenset({Role.VILLAGER, Role.CADRE}), units=frozenset({office.village}))
    elsewhere = replace(cadre, units=frozenset({UUID(int=9)}))
    assert office.offered(cadre) == office.offered(cadre, DUE) == {"村道問卷"}
    assert office.offered(cadre, DUE + timedelta(days=1)) == set()
    assert office.offered(elsewhere) == office.offered(VILLAGER) == set()
    with pytest.raises(Refused) as refused:
        office.ask(lambda s: brief(s, Action.QUESTIONNAIRE, "roads", occasion=office.at(TODAY)))
    assert refusal(refused) == "refused.questionnaire_not_for_you"


def test_a_newer_version_is_offered_and_the_former_can_still_be_finished(office: Office) -> None:
    first = office.publish(roads("1"))
    told = office.ask(lambda s: brief(s, Action.QUESTIONNAIRE, "roads", occasion=office.occasion))
    assert told == FormToAnswer("roads", TODAY, first)
    second = office.publish(roads("2", ("text", "more", "丁", "D")))
    assert office.states() == {"1": QuestionnaireState.REPLACED, "2": QuestionnaireState.OFFERED}
    assert office.offered(VILLAGER) == {"村道問卷"}

    old = office.ask(lambda s: recall(told, s))
    new = office.ask(lambda s: recall(FormToAnswer("roads", TODAY, second), s))
    assert isinstance(old, FormAtHand)
    assert isinstance(new, FormAtHand)
    assert (old.form.version, new.form.version) == ("1", "2")
    for version in ("1", "2", "2"):
        office.do(FormAnswered("roads", version, {"fixed": "yes"}), office.at(TODAY))
    counts = office.ask(questionnaires.counts)
    assert counts == {("roads", "1"): 1, ("roads", "2"): 2}


def test_a_published_one_takes_the_place_of_the_one_that_came_with_us(office: Office) -> None:
    with office.database.writing() as session:
        form = replace(
            questionnaires.form_of(session, "satisfaction", None), version="2", title="新的"
        )
        row = questionnaires.keep(session, form, b"", sent_by=office.occasion.person, today=TODAY)
        row.state = QuestionnaireState.OFFERED
        session.add(row)
    titles = office.ask(lambda s: [one.title for one in questionnaires.on_offer(s)])
    assert titles == ["新的"]


@pytest.mark.parametrize(
    ("withdrawn", "today", "key"),
    [
        (True, TODAY, "refused.questionnaire_withdrawn"),
        (False, DUE + timedelta(days=1), "refused.questionnaire_over"),
    ],
)
def test_answers_that_come_too_late_are_refused(
    office: Office, withdrawn: bool, today: date, key: str
) -> None:
    sent = office.publish(roads("1"))
    if withdrawn:
        office.do(events.FormWithdrawn(sent))
    with pytest.raises(Refused) as refused:
        office.do(FormAnswered("roads", "1", {"fixed": "yes"}), office.at(today))
    assert refusal(refused) == key
    assert office.ask(questionnaires.counts) == {}


def test_what_cannot_be_done_as_it_stands_is_refused_in_words(office: Office) -> None:
    sent = office.send(roads("1"))
    with pytest.raises(Refused) as refused:
        office.do(events.FormWithdrawn(sent))
    assert refusal(refused) == "refused.questionnaire_elsewhere"
    office.do(events.FormDiscarded(sent))
    assert office.states() == {}
    for action in (Action.PUBLISH_QUESTIONNAIRE, Action.PREVIEW_QUESTIONNAIRE):
        with pytest.raises(Refused) as refused:
            office.ask(lambda s, act=action: brief(s, act, sent.hex, occasion=office.occasion))
        assert refusal(refused) == "refused.questionnaire_gone"


def test_a_preview_writes_nothing(office: Office) -> None:
    sent = office.send(roads("1"))
    outcome = office.do(events.FormPreviewed(sent))
    assert outcome.replies[0].phrases == [Phrase("questionnaire.previewed")]
    assert office.ask(questionnaires.counts) == {}


def test_the_answers_refer_to_nobody() -> None:
    columns = questionnaires.QuestionnaireAnswer.__table__.columns  # type: ignore[attr-defined]
    assert set(columns.keys()) == {"id", "form", "version", "answered_on", "answers"}
    assert not [key for column in columns for key in column.foreign_keys]
