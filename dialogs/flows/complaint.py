"""Somebody brings a matter: whom it is about comes before what happened."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from dialogs.asking import (
    choose,
    hand_in,
    hand_in_or_choose,
    offer,
    pick,
    recount,
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
from dialogs.receipt import must_hold_no_receipt, must_hold_no_secret
from dialogs.rules.anonymity import tell_tales
from dialogs.rules.jurisdiction import is_ours, speaks_of
from dialogs.rules.recusal import Worker, by_office, left_aside, names_in, people_in, readers
from dialogs.speech import Listing, Phrase
from dialogs.vocabulary import Accused, Addition, CameBy, CaseKind

MOST_FILES = 5
SPOKEN = ("voice", "audio")
SENDABLE = ("photo", "document", *SPOKEN, "video")
ENDINGS = (  # of documents that may be evidence; what they are is looked at once they are sent
    *("jpg", "jpeg", "png", "webp", "heic", "heif", "pdf", "docx", "xlsx"),
    *("ogg", "oga", "opus", "mp3", "mp4", "m4a", "m4v"),
)
UNNAMED = Option("unnamed", Phrase("complaint.other_unit"))
ENOUGH = Option("enough", Phrase("complaint.enough"), echo=Phrase("complaint.nothing_more"))
NOBODY_NAMED = Option("unnamed", Phrase("complaint.name_unknown"))
TO_COUNTY = Option("county", Phrase("complaint.to_county"), True)
NOT_ABOUT_THEM = Option("not_about_them", Phrase("complaint.not_about_them"), False)
REWRITE = Phrase("complaint.rewrite")


@dataclass(frozen=True)
class About:
    """What a matter is about; where it is about somebody not named, `among` are those it may be."""

    accused: Accused
    unit: UUID | None
    person: UUID | None
    among: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class More:
    """What was added to the account of a matter; `recused` were asked to stand aside.

    `written` is the account and all that was added to it in words.
    """

    written: str = field(repr=False)
    files: tuple[Attachment, ...] = ()
    contact: str | None = None
    recused: tuple[UUID, ...] = ()


def lodge_complaint(intake: Intake) -> Dialogue[ComplaintLodged | SentElsewhere]:
    """Ask whom it is about before asking what happened."""
    yield from tell("complaint.assisted" if intake.assisted else "complaint.promise")
    came_by = (yield from choose("complaint.came_by", CameBy)) if intake.assisted else None
    about = yield from ask_about(intake)
    left = about and readers_of(intake, about)
    if not about or not left:
        return SentElsewhere()
    kind: CaseKind = yield from choose("complaint.kind", CaseKind, columns=2)
    account, recordings = yield from ask_account(
        "complaint.account", at_least=6, at_most=3000, check=must_hold_no_receipt
    )
    first = More(with_captions(account, recordings), recordings)
    if (yield from goes_up(intake, about, first.written)):
        return SentElsewhere()
    more = yield from ask_more(intake, about, first)
    if more is None:
        return SentElsewhere()
    named = named_in(more.written, intake)
    if names := touched_by(named, left, intake):
        yield from tell("complaint.spoken_of", names=Listing(names, inline=True))
    yield from review("complaint.review")
    return ComplaintLodged(
        accused=about.accused,
        kind=kind,
        account=with_captions(account, more.files),
        unit=about.unit,
        person=about.person,
        recused=tuple(dict.fromkeys((*named, *more.recused, *about.among))),
        contact=more.contact,
        files=more.files,
        assisted=intake.assisted,
        came_by=came_by,
    )


def ask_account(
    key: str,
    *,
    at_least: int,
    check: Callable[[str], None],
    at_most: int = 2000,
    added: bool = False,
) -> Dialogue[tuple[str, tuple[Attachment, ...]]]:
    """Ask what happened, at first or since; a recording in its place is the first of the files."""
    account = yield from recount(
        key,
        at_least=at_least,
        at_most=at_most,
        check=holding(check),
        kinds=SPOKEN,
        largest=number("evidence_megabytes") * 1_000_000,
        endings=ENDINGS,
        spoken=Phrase("complaint.spoken"),
    )
    if isinstance(account, str):
        yield from coach(account, added=added)
        return account, ()
    yield from tell("receipt.voice" if added else "complaint.voice")
    yield from coach(account.caption, added=added)
    return "", (account,)


def holding(check: Callable[[str], None]) -> Callable[[object], None]:
    """Check what is written, be it under a file."""

    def look(said: object) -> None:
        check(said.caption if isinstance(said, Attachment) else str(said))

    return look


def coach(text: str, *, added: bool = False) -> Dialogue[None]:
    """Point out what in a text, or in one `added` to a case, may give its writer away."""
    if tales := tell_tales(text):
        yield from tell(
            "receipt.tell_tales" if added else "complaint.tell_tales",
            tales=Listing(tales, inline=True),
        )


def with_captions(text: str, files: Sequence[Attachment]) -> str:
    """Add to a text what was written under its files."""
    return "\n\n".join(part for part in [text, *(one.caption for one in files)] if part)


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
    among = () if person else tuple(one.person for one in unit.people)
    return About(accused, unit.unit, person.person if person else None, among)


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
    accused = (about.person,) if about.person else about.among
    return readers(intake.handlers, accused=accused, named=named, unit=about.unit)


def named_in(text: str, intake: Intake) -> Sequence[UUID]:
    """List whose names stand in a text; those who handle letters, and their kin, by office too."""
    called = by_office(text, workers(intake.touching), workers(intake.working))
    people: Sequence[Handler | OfficialNamed] = [*intake.handlers, *intake.working]
    named = people_in(text, [(one.person, one.name) for one in people])
    return tuple(dict.fromkeys((*named, *(who for who, _ in called))))


def workers(people: Iterable[OfficialNamed]) -> Iterator[Worker]:
    """Say who holds which post."""
    return ((one.person, one.name, one.post) for one in people)


def goes_up(
    intake: Intake, about: About, new: str, *, before: str = "", asked: Sequence[UUID] = ()
) -> Dialogue[bool]:
    """Say why what is written, or who is asked to stand aside, makes it the county's matter.

    The way back is to write it otherwise; `before` was written already and is not asked about.
    """
    named = (*named_in(f"{before}\n{new}", intake), *asked)
    if not readers_of(intake, about, named=named):
        names = Listing(touched_by(named, intake.handlers, intake), inline=True)
        goes: bool = yield from choose("complaint.too_few", [TO_COUNTY], back=REWRITE, names=names)
        return goes
    return (yield from points_up(new, intake, before=before))


def points_up(new: str, intake: Intake, *, before: str = "") -> Dialogue[bool]:
    """Ask whether what is written is about somebody of it whose matters are the county's."""
    above = [name for name in above_in(new, intake) if name not in above_in(before, intake)]
    if not above:
        return False
    goes: bool = yield from choose(
        f"complaint.above@{' '.join(above)}",
        [NOT_ABOUT_THEM, TO_COUNTY],
        back=REWRITE,
        names=Listing(above, inline=True),
    )
    return goes


def touched_by(named: Sequence[UUID], handlers: Sequence[Handler], intake: Intake) -> Sequence[str]:
    """Name those of some people because of whom one of some handlers stands aside."""
    touching = [one for one in named if left_aside(handlers, (one,))]
    people: Sequence[Handler | OfficialNamed] = [*intake.handlers, *intake.working]
    names = {one.person: one.name for one in people} if touching else {}
    return list(dict.fromkeys(names[one] for one in touching))


def above_in(text: str, intake: Intake) -> Sequence[str]:
    """List what a text calls those whose matters are the county's: names, titles, 韓書記.

    A title counts that nobody else's holds: of a village's secretary `secretary` says nothing.
    """
    working = intake.working
    by_title = by_office(text, workers(one for one in working if one.above), workers(working))
    others = " ".join(one.post for one in working if not one.above)
    called = [name for one in working if one.above for name in (one.name, one.post)]
    found = names_in(text, [name for name in called if name and name not in others])
    known = [name for name in dict.fromkeys(called) if name in found]
    return list(dict.fromkeys((*known, *(called for _, called in by_title))))


def ask_recusals(left: Sequence[Handler]) -> Dialogue[tuple[UUID, ...]]:
    """Ask who of those that would read it is to stand aside."""
    options = [Option(str(one.person)[:8], one.name, one.person) for one in left]
    named: tuple[UUID, ...] = yield from pick("complaint.recusal", options)
    return named


def ask_more(intake: Intake, about: About, more: More) -> Dialogue[More | None]:
    """Take files as they are sent, and what else is to be added, until that is all.

    None if something of it makes the matter the county's.
    """
    wanted: list[Addition] = []
    while True:
        answer = yield from ask_addition(more, wanted)
        new = ""
        match answer:
            case Attachment():
                new = answer.caption
                more = replace(more, files=(*more.files, answer))
                yield from coach(new)
            case Addition.CONTACT:
                new = yield from write("complaint.contact", at_most=200, check=must_hold_no_receipt)
                more = replace(more, contact=new)
            case Addition.RECUSAL:
                left = readers_of(intake, about, named=named_in(more.written, intake))
                more = replace(more, recused=(yield from ask_recusals(left)))
            case _:
                return more
        if isinstance(answer, Addition):
            wanted.append(answer)
        if (yield from goes_up(intake, about, new, before=more.written, asked=more.recused)):
            return None
        more = replace(more, written=f"{more.written}\n{new}")


def ask_addition(more: More, wanted: Sequence[Addition]) -> Dialogue[Any]:
    """Ask for a file or for what else is to be added, beside what was already."""
    added = len(more.files) + len(wanted)
    return (
        yield from hand_in_or_choose(
            f"complaint.further@{added}" if added else "complaint.more",
            [ENOUGH, *offer([one for one in Addition if one not in wanted])],
            kinds=SENDABLE,
            at_most=number("evidence_megabytes") * 1_000_000,
            endings=ENDINGS,
            captioned=True,
            evidence=True,
            check=beside(more.files, must_hold_no_receipt),
            most=number("evidence_megabytes"),
            count=len(more.files),
        )
    )


def ask_files(files: tuple[Attachment, ...] = ()) -> Dialogue[tuple[Attachment, ...]]:
    """Take files for what is added to a case, beside some, until one is passed over."""
    while True:
        file = yield from hand_in(
            f"complaint.file@{len(files) + 1}",
            kinds=SENDABLE,
            at_most=number("evidence_megabytes") * 1_000_000,
            endings=ENDINGS,
            captioned=True,
            evidence=True,
            further=bool(files),
            check=beside(files, must_hold_no_secret),
            most=number("evidence_megabytes"),
        )
        if file is None:
            return files
        files = (*files, file)
        yield from coach(file.caption, added=True)


def beside(files: Sequence[Attachment], check: Callable[[str], None]) -> Callable[[object], None]:
    """Refuse a file that is one too many beside others, or whose caption a check refuses."""

    def look(sent: object) -> None:
        if isinstance(sent, Attachment):
            if len(files) == MOST_FILES:
                raise Refused("enough_files", most=MOST_FILES)
            check(sent.caption)

    return look
