"""Somebody brings a matter: whom it is about comes before what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dialogs.asking import (
    choose,
    hand_in,
    hand_in_or_choose,
    offer,
    pick,
    review,
    tell,
    write,
)
from dialogs.catalogue.policy import number
from dialogs.engine import Dialogue
from dialogs.errors import Refused
from dialogs.events import ComplaintLodged, SentElsewhere
from dialogs.facts import Handler, Intake, OfficialNamed, UnitToSpeakOf
from dialogs.prompts import Attachment, Option
from dialogs.rules.anonymity import tell_tales
from dialogs.rules.jurisdiction import is_ours, speaks_of
from dialogs.rules.recusal import left_aside, people_in, readers
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import Accused, Addition, CaseKind

MOST_FILES = 5
SENDABLE = ("photo", "document", "voice", "audio", "video")
UNNAMED = Option("unnamed", Phrase("complaint.other_unit"))
ENOUGH = Option("enough", Phrase("complaint.enough"), echo=Phrase("complaint.nothing_more"))
NOBODY_NAMED = Option("unnamed", Phrase("complaint.name_unknown"))


@dataclass(frozen=True)
class About:
    """What a matter is about."""

    accused: Accused
    unit: UUID | None
    person: UUID | None


@dataclass(frozen=True)
class More:
    """What was added to the account of a matter; `recused` were asked to stand aside."""

    files: tuple[Attachment, ...] = ()
    contact: str | None = None
    recused: tuple[UUID, ...] = ()


def lodge_complaint(intake: Intake) -> Dialogue[ComplaintLodged | SentElsewhere]:
    """Ask whom it is about before asking what happened."""
    yield from tell("complaint.assisted" if intake.assisted else "complaint.promise")
    about = yield from ask_about(intake)
    left = about and readers_of(intake, about)
    if not about or not left:
        return SentElsewhere()
    kind: CaseKind = yield from choose("complaint.kind", CaseKind, columns=2)
    account = yield from write("complaint.account", at_least=6, at_most=3000)
    if tales := tell_tales(account):
        yield from tell("complaint.tell_tales", tales=Listing(tales, inline=True))
    aside = spoken_of(account, intake, left)
    more = yield from ask_more([one for one in left if one not in aside])
    written = f"{account}\n{more.contact or ''}"
    unasked = spoken_of(written, intake, left)
    named = tuple(dict.fromkeys((*named_in(written, intake), *more.recused)))
    left = readers_of(intake, about, named=named)
    if unasked and left:
        yield from tell(
            "complaint.spoken_of", names=Listing([one.name for one in unasked], inline=True)
        )
    if not left:
        return SentElsewhere()
    yield from review("complaint.review")
    return ComplaintLodged(
        accused=about.accused,
        kind=kind,
        account=account,
        unit=about.unit,
        person=about.person,
        recused=named,
        contact=more.contact,
        files=more.files,
        assisted=intake.assisted,
    )


def ask_about(intake: Intake) -> Dialogue[About | None]:
    """Ask whom it is about; None when that is not for the township to write down."""
    accused: Accused = yield from choose("complaint.accused", Accused)
    if not is_ours(accused):
        return None
    units = [unit for unit in intake.units if speaks_of(accused, unit.kind)]
    options = [Option(str(unit.unit)[:8], unit.name, unit) for unit in units]
    unit: UnitToSpeakOf | None = yield from choose("complaint.unit", [*options, UNNAMED], columns=2)
    if unit is None or accused is Accused.NOBODY:
        return About(accused, unit.unit if unit else None, None)
    person = yield from ask_person(unit)
    if person.above if person else unit.above:
        return None
    return About(accused, unit.unit, person.person if person else None)


def ask_person(unit: UnitToSpeakOf) -> Dialogue[OfficialNamed | None]:
    """Ask which person of a unit it is about; None if that is not known."""
    options = [
        Option(
            str(one.person)[:8],
            Phrase("complaint.official", {"name": one.name, "post": one.post}),
            one,
        )
        for one in unit.people
    ]
    if not options:
        return None
    person: OfficialNamed | None = yield from choose(
        "complaint.person", [*options, NOBODY_NAMED], unit=unit.name
    )
    return person


def readers_of(intake: Intake, about: About, *, named: Sequence[UUID] = ()) -> Sequence[Handler]:
    """List who would read the matter; nobody when they would be too few."""
    accused = (about.person,) if about.person else ()
    return readers(intake.handlers, accused=accused, named=named, unit=about.unit)


def named_in(text: str, intake: Intake) -> Sequence[UUID]:
    """List the people of the roster whose names stand in a text."""
    working = [one for unit in intake.units for one in unit.people]
    people: Sequence[Handler | OfficialNamed] = [*intake.handlers, *working]
    return people_in(text, [(one.person, one.name) for one in people])


def spoken_of(text: str, intake: Intake, left: Sequence[Handler]) -> Sequence[Handler]:
    """List whom of the handlers a text names, or relatives of theirs."""
    return left_aside(left, named_in(text, intake))


def ask_recusals(left: Sequence[Handler]) -> Dialogue[tuple[UUID, ...]]:
    """Ask who of those that would read it is to stand aside."""
    options = [Option(str(one.person)[:8], one.name, one.person) for one in left]
    named: tuple[UUID, ...] = yield from pick("complaint.recusal", options)
    return named


def ask_more(left: Sequence[Handler]) -> Dialogue[More]:
    """Take files as they are sent, and what else is to be added, until that is all."""
    more = More()
    wanted: list[Addition] = []

    def room(sent: object) -> None:
        if isinstance(sent, Attachment) and len(more.files) == MOST_FILES:
            raise Refused("enough_files", most=MOST_FILES)

    while True:
        added = len(more.files) + len(wanted)
        answer = yield from hand_in_or_choose(
            f"complaint.further@{added}" if added else "complaint.more",
            [ENOUGH, *offer([one for one in Addition if one not in wanted])],
            kinds=SENDABLE,
            at_most=number("evidence_megabytes") * 1_000_000,
            check=room,
            most=number("evidence_megabytes"),
            count=len(more.files),
        )
        match answer:
            case Attachment():
                more = replace(more, files=(*more.files, answer))
                continue
            case Addition.CONTACT:
                more = replace(more, contact=(yield from write("complaint.contact", at_most=200)))
            case Addition.RECUSAL:
                more = replace(more, recused=(yield from ask_recusals(left)))
            case _:
                return more
        wanted.append(answer)


def ask_files() -> Dialogue[tuple[Attachment, ...]]:
    """Take files one after another, until one is passed over."""
    files: list[Attachment] = []
    while len(files) < MOST_FILES:
        file = yield from hand_in(
            f"complaint.file@{len(files) + 1}",
            kinds=SENDABLE,
            at_most=number("evidence_megabytes") * 1_000_000,
            further=bool(files),
            most=number("evidence_megabytes"),
        )
        if file is None:
            break
        files.append(file)
    return tuple(files)
