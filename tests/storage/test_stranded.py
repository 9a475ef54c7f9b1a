"""Letters whose handlers have all left: it is said, and the shares bring them to the new ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from dialogs import events
from dialogs.errors import Refused
from dialogs.prompts import Attachment
from dialogs.rules.access import Action
from dialogs.speech import Go, Listing, Phrase
from dialogs.vocabulary import CaseMove, CaseState, Language, Posting, Role
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.people import recognise
from storage.recorder import Outcome, prepare, record
from storage.sealing import Keyring
from storage.tables import Case, Kinship, Person
from storage.vault import admission, bundles, recovery
from storage.vault import keys as handler_keys
from storage.vault.cases import Prepared
from storage.vault.recovery import Spare
from storage.vault.shares import Share
from tests.builders.people import NOON, TODAY, a_person
from tests.builders.vault import LODGED, PASSPHRASE, entrust, handlers, read_by

FILE = Attachment("file", "back.qfkeys", "document", 100)
CLERK, VILLAGER = 7100, 99


@dataclass
class Township:
    """A commission that changes from one day to the next, and a letter from before."""

    database: Database
    keys: Keyring
    shares: Sequence[Share] = ()

    def acting(self, account: int, *, brings: bytes = b"") -> Occasion:
        hashed = self.keys.lookup(account)
        with self.database.reading() as session:
            known = recognise(session, [hashed], today=TODAY).get(hashed)
        return Occasion(
            *(NOON, TODAY, account, self.keys, Language.ZH_HANT, known),
            files=(brings,) if brings else (),
            books=self.database,
        )

    def does(self, account: int, event: object, *, brings: bytes = b"") -> Outcome:
        occasion = self.acting(account, brings=brings)
        prepared = prepare(event, occasion)
        with self.database.writing() as session:
            return record(event, session, occasion, prepared)

    def lodges(self, letter: events.ComplaintLodged = LODGED) -> Prepared:
        """Bring a letter, as a villager does."""
        occasion = self.acting(VILLAGER)
        prepared: Prepared = prepare(letter, occasion)
        with self.database.writing() as session:
            record(letter, session, occasion, prepared)
        return prepared

    def ask_after(self, letter: Prepared) -> list[str]:
        """Present a receipt; give the keys of what is said."""
        outcome = self.does(VILLAGER, events.ReceiptPresented(letter.number, letter.secret))
        return list(said(outcome))[1:]

    def recover_by(self) -> None:
        spare, self.shares = recovery.made(parts=3, needed=2)
        self.does(7000, events.RecoverySet(spare.public.hex()))

    def joins(self, name: str, account: int, *, key: bool = True) -> Person:
        with self.database.writing() as session:
            member = a_person(
                session, name, keys=self.keys, account=account, roles=[Role.COMMISSION_MEMBER]
            )
            if key:
                entrust(session, member, keyring=self.keys)
        return member

    def all_leave(self, people: Sequence[Person]) -> None:
        with self.database.writing() as session:
            a_person(session, "辦事員", keys=self.keys, account=CLERK, roles=[Role.OFFICE_CLERK])
        for one in people:
            self.does(CLERK, events.PostingChanged(one.id, Posting.RELIEVE))

    def sealed_anew(self, taken: bytes, to: Person) -> bytes:
        """Do what `qingfeng vault recovery rewrap` does, with two of the three shares."""
        key_id, private = recovery.joined([one.written() for one in self.shares[1:]])
        with self.database.reading() as session:
            key = handler_keys.own(session, to.id)
        target = Spare(key.id, key.public)
        return bundles.packed(bundles.rewrapped(bundles.read(taken), key_id, private, target))

    def key_at_hand(self, account: int) -> tuple[int, int, int]:
        """Tell what a locked key opens, what nobody else opens, what would be lost with it."""
        with self.database.reading() as session:
            told = brief(session, Action.SET_KEY, "", occasion=self.acting(account))
        return told.cases, told.last, told.lost

    def gives_up(self, account: int) -> None:
        self.does(account, events.KeyMade(PASSPHRASE, gives_up=True))

    def stranded(self) -> list[str]:
        with self.database.reading() as session:
            return [one.number for one in admission.stranded(session, self.acting(VILLAGER))]


def said(outcome: Outcome) -> dict[str, Phrase]:
    """Give what is said, by its keys, whatever it stands in."""
    return {one.key: one for reply in outcome.replies for one in within(reply.phrases)}


def within(sayable: Iterable[object]) -> Iterator[Phrase]:
    for one in sayable:
        if isinstance(one, Listing):
            yield from within(one.items)
        elif isinstance(one, Phrase):
            yield one
            yield from within(one.values.values())


def leads_to(outcome: Outcome) -> set[object]:
    return {
        button.does.action
        for reply in outcome.replies
        for row in reply.buttons
        for button in row
        if isinstance(button.does, Go)
    }


@pytest.fixture
def township(database: Database, keys: Keyring) -> Township:
    return Township(database, keys)


def test_what_everybody_left_behind_comes_to_the_new_handlers_by_the_shares(
    township: Township,
) -> None:
    before = handlers(township.database, township.keys, "舊甲", "舊乙")
    township.recover_by()
    letter = township.lodges()
    assert township.stranded() == []
    assert township.ask_after(letter) == ["receipt.no_answer_yet"]
    township.all_leave(before)
    assert township.stranded() == [letter.number]
    first, _ = township.joins("新甲", 7010), township.joins("新乙", 7011)
    assert township.ask_after(letter) == ["receipt.stranded"]
    taken = township.does(7010, events.KeysTaken())
    assert {"vault.keys_stranded", "vault.keys_whom"} < said(taken).keys()
    assert "vault.keys_taken" not in said(taken), "there is none of their own"
    (paper,) = (one.paper for one in taken.replies if one.paper)
    back = township.sealed_anew(paper.content, first)
    township.does(7010, events.KeysBrought(FILE), brings=back)
    assert township.stranded() == []
    assert LODGED.account in read_by(township.database, township.keys, first, letter)
    assert township.ask_after(letter) == ["receipt.no_answer_yet"]
    unlocked = township.does(7010, events.VaultUnlocked(PASSPHRASE))
    assert Action.SHARE_CASES in leads_to(unlocked), "the other one has it from the first"


def test_whoever_must_stand_aside_neither_carries_it_nor_is_given_it_nor_hears_of_it(
    township: Township,
) -> None:
    before = handlers(township.database, township.keys, "舊甲", "舊乙")
    township.recover_by()
    with township.database.writing() as session:
        accused = a_person(session, "被反映人", keys=township.keys).id
    letter = township.lodges(replace(LODGED, person=accused))
    township.all_leave(before)
    township.joins("新甲", 7010)
    kin = township.joins("新乙", 7011)
    with township.database.writing() as session:
        session.add(Kinship(person_id=kin.id, relative_id=accused))
    with pytest.raises(Refused, match="nothing_to_share"):
        township.does(7011, events.KeysTaken())
    assert "work.letters_stranded_line" not in said(township.does(7011, events.WorkAsked()))
    assert "vault.stranded" not in said(township.does(7011, events.VaultUnlocked(PASSPHRASE)))
    (reply,) = township.does(7010, events.KeysTaken()).replies
    assert reply.paper is not None
    back = township.sealed_anew(reply.paper.content, kin)
    for account in (7010, 7011):
        with pytest.raises(Refused, match="no_key_kept"):
            township.does(account, events.KeysBrought(FILE), brings=back)
    assert township.stranded() == [letter.number]
    assert township.ask_after(letter) == ["receipt.stranded", "receipt.goes_up"]


def test_the_last_one_left_gets_it_by_the_shares_and_can_only_hand_it_on(
    township: Township,
) -> None:
    before = handlers(township.database, township.keys, "舊甲", "舊乙")
    township.recover_by()
    letter = township.lodges()
    township.all_leave(before)
    only = township.joins("新甲", 7010)
    (reply,) = township.does(7010, events.KeysTaken()).replies
    assert reply.paper is not None
    back = township.sealed_anew(reply.paper.content, only)
    township.does(7010, events.KeysBrought(FILE), brings=back)
    with pytest.raises(Refused, match="case_goes_up"):
        township.does(7010, events.CaseStepped(letter.id, CaseMove.ACCEPT, "已受理"))
    township.does(7010, events.CaseStepped(letter.id, CaseMove.HAND_ON, "已轉縣紀委監委"))
    with township.database.reading() as session:
        assert session.get_one(Case, letter.id).state is CaseState.HANDED_ON


def test_the_new_handlers_are_told_in_their_work_and_when_they_unlock(township: Township) -> None:
    before = handlers(township.database, township.keys, "舊甲", "舊乙")
    township.recover_by()
    township.lodges()
    township.joins("新甲", 7010)
    for event in (events.WorkAsked(), events.VaultUnlocked(PASSPHRASE)):
        told = said(township.does(7010, event))
        assert not {"work.letters_stranded_line", "vault.stranded"} & told.keys()
    township.all_leave(before)
    township.joins("新乙", 7011, key=False)
    work, unlocked = (
        township.does(7010, event)
        for event in (events.WorkAsked(), events.VaultUnlocked(PASSPHRASE))
    )
    assert said(work)["work.letters_stranded_line"].values == {"count": 1}
    assert said(unlocked)["vault.stranded"].values == {"cases": 1}
    assert "day.letters_stranded" in said(township.does(7010, events.DayAsked()))
    assert Action.TAKE_KEYS in leads_to(work) & leads_to(unlocked)
    keyless = township.does(7011, events.WorkAsked())
    assert "work.key_wanted_line" in said(keyless)
    assert Action.SET_KEY in leads_to(keyless)
    assert "work.letters_stranded_line" not in said(keyless), "nor how many"


def test_without_a_recovery_key_the_writer_is_told_that_nobody_will_open_it(
    township: Township,
) -> None:
    before = handlers(township.database, township.keys, "舊甲", "舊乙")
    letter = township.lodges()
    township.all_leave(before)
    for account in (7010, 7011):
        township.joins(f"新{account}", account)
    assert township.ask_after(letter) == ["receipt.stranded_for_good"]
    work = township.does(7010, events.WorkAsked())
    assert said(work)["work.letters_lost_line"].values == {"count": 1}
    assert Action.TAKE_KEYS not in leads_to(work), "where there would be nothing to take"
    assert "vault.stranded" not in said(township.does(7010, events.VaultUnlocked(PASSPHRASE)))
    with pytest.raises(Refused, match="nothing_to_share"):
        township.does(7010, events.KeysTaken())


def test_nobody_takes_along_what_a_colleague_opens(township: Township) -> None:
    handlers(township.database, township.keys, "舊甲", "舊乙")
    township.recover_by()
    township.lodges()
    township.joins("新甲", 7010)
    with pytest.raises(Refused, match="nothing_to_share"):
        township.does(7010, events.KeysTaken())


def test_a_letter_that_an_old_key_file_opens_is_not_stranded(township: Township) -> None:
    handlers(township.database, township.keys, "甲", "乙")
    offline_anew(township, gives_up=True)
    letter = township.lodges()
    offline_anew(township)
    with township.database.reading() as session:
        occasion = township.acting(7000)
        case = session.get_one(Case, letter.id)
        assert admission.readers(session, case, occasion) == [], "until they are sealed anew"
    assert township.stranded() == []


def test_before_a_forgotten_key_is_given_up_it_is_counted_what_nobody_else_opens(
    township: Township,
) -> None:
    stays, leaves = handlers(township.database, township.keys, "甲", "乙")
    township.lodges()
    assert township.key_at_hand(7000) == (1, 0, 0), "a colleague opens it too"
    township.recover_by()
    recovered = township.lodges(replace(LODGED, account="另一件來信"))
    closed = township.lodges(replace(LODGED, account="第三件來信"))
    for step in (CaseMove.ACCEPT, CaseMove.CONCLUDE):
        township.does(7000, events.CaseStepped(closed.id, step, "已查"))
    township.all_leave([leaves])
    assert township.key_at_hand(7000) == (3, 3, 1)
    township.gives_up(7000)
    (reply,) = township.does(7000, events.KeysTaken()).replies
    assert reply.paper is not None
    back = township.sealed_anew(reply.paper.content, stays)
    township.does(7000, events.KeysBrought(FILE), brings=back)
    for letter in (recovered, closed):
        read_by(township.database, township.keys, stays, letter)
    assert len(township.stranded()) == 1, "what came before the recovery key is lost"
    assert township.key_at_hand(7000) == (2, 2, 0)


def offline_anew(township: Township, *, gives_up: bool = False) -> None:
    """Have both handlers make a key on their own computers."""
    for account in (7000, 7001):
        given = handler_keys.made(PASSPHRASE, keys=township.keys).public.hex()
        township.does(account, events.KeyGiven(given, gives_up))
