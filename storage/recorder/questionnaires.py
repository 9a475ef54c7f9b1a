"""Questionnaires: sent, published, taken back; what was answered, not by whom."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.rules.access import Action
from dialogs.speech import Brief, Button, Go, Listing, Paper, Phrase, Reply, Sayable, say
from dialogs.vocabulary import QuestionnaireState, Role
from dialogs.xlsform.exporting import AnswersExported
from dialogs.xlsform.faults import Fault, FormFaults
from dialogs.xlsform.form import Form, Question, walk
from dialogs.xlsform.play import FormAnswered
from dialogs.xlsform.reading import read_form
from storage import people, questionnaires
from storage.occasion import Occasion
from storage.questionnaires import Offer
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Questionnaire, QuestionnaireAnswer

SHOWN = 12  # faults or remarks said in one message; more go into a file
LISTED = 80  # versions in one message; a channel shows a hundred buttons
NAME = 60  # characters of a title in the name of a file
TITLE = 20  # characters of a title on a button
EVERYTHING_IN_ONE = 3000  # characters of them in one message

PREVIEW = Action.PREVIEW_QUESTIONNAIRE
PUBLISH = Action.PUBLISH_QUESTIONNAIRE
DISCARD = Action.DISCARD_QUESTIONNAIRE
WITHDRAW = Action.WITHDRAW_QUESTIONNAIRE
EXPORT = Action.EXPORT_ANSWERS


@dataclass(frozen=True)
class Sent:
    """A workbook as it was understood: a questionnaire, or all that is wrong with it."""

    workbook: bytes
    form: Form | None = None
    faults: tuple[Fault, ...] = ()


@prepare.register
def look_through(event: events.FormSent, occasion: Occasion) -> Sent:
    """Look a workbook through; raise Refused with what is wrong, unless that is too long to say."""
    workbook = occasion.file or b""
    try:
        form = read_form(workbook, event.file.name.rpartition(".")[0] or event.file.name)
    except FormFaults as faults:
        lines = [plain_words(fault.phrase, occasion.language) for fault in faults.faults]
        if len(lines) <= SHOWN and sum(map(len, lines)) <= EVERYTHING_IN_ONE:
            said = Listing([fault.phrase for fault in faults.faults])
            raise Refused("form_faults", count=len(lines), faults=said) from None
        return Sent(workbook, faults=faults.faults)
    return Sent(workbook, form)


@record.register
def form_sent(
    event: events.FormSent, session: Session, occasion: Occasion, prepared: Sent
) -> Outcome:
    """Keep a questionnaire as a draft, or hand back a file of all that is wrong with it."""
    if prepared.form is None:
        return Outcome([in_a_file(event.file.name, prepared.faults, occasion)])
    draft = questionnaires.keep(
        session,
        prepared.form,
        prepared.workbook,
        sent_by=occasion.person,
        today=occasion.today,
    )
    return Outcome([in_order(prepared.form, draft)])


def in_a_file(name: str, faults: tuple[Fault, ...], occasion: Occasion) -> Reply:
    """Say that much is wrong, with every fault a line of a file."""
    lines = [plain_words(fault.phrase, occasion.language) for fault in faults]
    title = plain_words(Phrase("questionnaire.faults_file", {"name": name}), occasion.language)
    paper = Paper(title, "\r\n".join([*lines, ""]).encode("utf-8-sig"))
    again = [[Button(Action.ADD_QUESTIONNAIRE, Go(Action.ADD_QUESTIONNAIRE))]]
    return Reply([Phrase("questionnaire.many_faults", {"count": len(faults)})], again, paper=paper)


def in_order(form: Form, draft: Questionnaire) -> Reply:
    """Say that a questionnaire can be used, what is left out of it, and what can be done next."""
    questions = sum(isinstance(item, Question) for _, item in walk(form.items))
    about: dict[str, Sayable] = {
        "title": form.title,
        "form": form.id,
        "version": form.version or "—",
        "questions": questions,
        "languages": Listing(form.languages or ("—",), inline=True),
    }
    said: list[Sayable] = [Phrase("questionnaire.in_order", about)]
    if form.remarks:
        remarks: list[Sayable] = [one.phrase for one in form.remarks[:SHOWN]]
        said += [Phrase("questionnaire.remarks"), Listing(remarks)]
    return Reply(said, buttons(draft.id.hex, PREVIEW, PUBLISH, DISCARD))


def buttons(subject: str, *actions: Action) -> list[list[Button]]:
    """Offer what can be done with a questionnaire."""
    return [[Button(action, Go(action, subject))] for action in actions]


@record.register
def form_previewed(
    event: events.FormPreviewed, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write nothing down; offer to publish."""
    row = questionnaires.row_of(session, event.questionnaire)
    ways = (PREVIEW, PUBLISH, DISCARD) if row.state is QuestionnaireState.DRAFT else (PREVIEW,)
    return Outcome([Reply([Phrase("questionnaire.previewed")], buttons(row.id.hex, *ways))])


@record.register
def form_published(
    event: events.FormPublished, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Offer a version in the place of the former one, whose conversations go on."""
    row = standing_as(session, event.questionnaire, QuestionnaireState.DRAFT)
    former = session.exec(
        select(Questionnaire).where(
            Questionnaire.form == row.form, Questionnaire.state == QuestionnaireState.OFFERED
        )
    ).all()
    for one in former:
        one.state = QuestionnaireState.REPLACED
        session.add(one)
    row.state = QuestionnaireState.OFFERED
    row.roles = [role.value for role in event.roles]
    row.units = [str(unit) for unit in event.units]
    row.due_on, row.published_by, row.published_on = event.due, occasion.person, occasion.today
    session.add(row)
    done = Phrase("publish.done", {"title": row.title, "due": event.due})
    return Outcome([Reply([done], buttons(row.id.hex, EXPORT, WITHDRAW))])


@record.register
def questionnaire_chosen(
    event: events.QuestionnaireChosen, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Say how a version stands, and offer what can be done with it; or list them all."""
    if not event.subject:
        return Outcome([every_version(session)])
    found = questionnaires.about(session, event.subject)
    answers = questionnaires.counts(session).get((found.form, found.version), 0)
    match found.state:
        case _ if found.id is None:
            ways: tuple[Action, ...] = (EXPORT,)
        case QuestionnaireState.DRAFT:
            ways = (PREVIEW, PUBLISH, DISCARD)
        case QuestionnaireState.OFFERED:
            ways = (PREVIEW, EXPORT, WITHDRAW)
        case QuestionnaireState.REPLACED | QuestionnaireState.WITHDRAWN:
            ways = (PREVIEW, EXPORT)
    shown = Reply(stands(session, found, answers), buttons(found.subject, *ways))
    return Outcome([shown])


def every_version(session: Session) -> Reply:
    """List the versions there are, a button each."""
    every = [*questionnaires.offers(session), *questionnaires.shipped()]
    rows = [
        [
            Button(
                Phrase(
                    "questionnaires.one",
                    {
                        "title": Brief(one.title, TITLE),
                        "version": one.version or "—",
                        "state": one.state,
                    },
                ),
                Go(Action.QUESTIONNAIRES, one.subject),
            )
        ]
        for one in every[:LISTED]
    ]
    return Reply([Phrase("questionnaires.which")], rows)


def stands(session: Session, found: Offer, answers: int) -> list[Sayable]:
    """Say how a version stands: for whom, until when, how many answers."""
    units = {unit.id: unit.name for unit in people.units(session)}
    named: list[Sayable] = [units[one] for one in units if one in found.units]
    roles: list[Sayable] = [role for role in Role if role in found.roles]
    values: dict[str, Sayable] = {
        "title": found.title,
        "version": found.version or "—",
        "state": found.state,
        "answers": answers,
    }
    said: list[Sayable] = [Phrase("questionnaires.shown", values)]
    if found.due_on:
        whom = Listing(roles, inline=True) if roles else Phrase("publish.everybody")
        where = Listing(named, inline=True) if named else Phrase("broadcast.every_unit")
        audience = {"roles": whom, "units": where, "due": found.due_on}
        said.append(Phrase("questionnaires.audience", audience))
    return said


@record.register
def form_discarded(
    event: events.FormDiscarded, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Drop a draft."""
    row = standing_as(session, event.questionnaire, QuestionnaireState.DRAFT)
    session.delete(row)
    return Outcome([say("questionnaire.discarded", title=row.title)])


@record.register
def form_withdrawn(
    event: events.FormWithdrawn, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Offer a version no longer and take no more answers; those given stay."""
    row = standing_as(session, event.questionnaire, QuestionnaireState.OFFERED)
    row.state = QuestionnaireState.WITHDRAWN
    row.withdrawn_by, row.withdrawn_on = occasion.person, occasion.today
    session.add(row)
    done = Phrase("questionnaire.withdrawn", {"title": row.title})
    return Outcome([Reply([done], buttons(row.id.hex, EXPORT))])


def standing_as(session: Session, questionnaire: UUID, state: QuestionnaireState) -> Questionnaire:
    """Find a version that stands as it must to be changed; raise Refused if it does not."""
    row = questionnaires.row_of(session, questionnaire)
    if row.state is not state:
        raise Refused("questionnaire_elsewhere", title=row.title, state=row.state)
    return row


@prepare.register
def lay_out(event: AnswersExported, occasion: Occasion) -> bytes:
    """Lay the answers out as a workbook."""
    if not event.answers.versions:
        raise Refused("no_answers")
    return questionnaires.workbook(event.answers.versions)


@record.register
def answers_exported(
    event: AnswersExported, session: Session, occasion: Occasion, prepared: bytes
) -> Outcome:
    """Hand the answers over."""
    versions = event.answers.versions
    count = sum(len(version.given) for version in versions)
    title = versions[-1].form.title
    name = f"{title[:NAME]}-{occasion.today.isoformat()}.xlsx".replace("/", "-")
    says = Phrase(
        "questionnaire.exported", {"title": title, "count": count, "versions": len(versions)}
    )
    return Outcome([Reply([says], paper=Paper(name, prepared))])


@record.register
def questionnaire_answered(
    event: FormAnswered, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Write a questionnaire's answers down, without whose they are; refuse what comes too late."""
    sent = questionnaires.version(session, event.form, event.version)
    if sent:
        sent.must_take(occasion.standing, today=occasion.today)
    session.add(
        QuestionnaireAnswer(
            form=event.form,
            version=event.version,
            answered_on=occasion.today,
            answers=dict(event.answers),
        )
    )
    return Outcome([say("questionnaire.thanks")])
