"""The auditor reads the log: page by page, in words, and nothing else of anybody."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from dialogs.errors import Refused
from dialogs.events import LogAsked, LogTaken, LogVerified
from dialogs.facts import LogSlice
from dialogs.messages import plain_words, render
from dialogs.rules.access import Action, Standing
from dialogs.rules.log_slices import read_slice
from dialogs.speech import Go
from dialogs.vocabulary import (
    Accused,
    BroadcastMove,
    BroadcastState,
    CaseKind,
    CaseState,
    Language,
    Role,
    Verdict,
)
from storage import audit
from storage.audit import Deed
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.people import Known
from storage.recorder import Outcome, audit_log, prepare, record
from storage.sealing import Keyring
from storage.subjects import given, step
from storage.tables import Broadcast, Case
from storage.vault import keys as handler_keys
from tests.builders.people import NOON, TODAY, a_person, a_post, a_unit, appoint
from tests.builders.vault import handlers, lodge

ZONE = ZoneInfo("Asia/Shanghai")
YESTERDAY = NOON - timedelta(days=1)


@dataclass
class Log:
    """A log of a few deeds, and the auditor who reads it."""

    database: Database
    keys: Keyring
    auditor: UUID
    member: UUID
    holder: UUID
    unit: UUID
    post: UUID

    def occasion(self, *roles: Role) -> Occasion:
        standing = Standing(frozenset({Role.VILLAGER, *(roles or (Role.AUDITOR,))}))
        known = Known(self.auditor, "白瑞麟", standing)
        return Occasion(
            *(NOON, TODAY, 1, self.keys, Language.ZH_HANT, known), books=self.database, zone=ZONE
        )

    def note(self, *deeds: Deed, at: datetime = NOON) -> None:
        with self.database.writing() as session:
            audit.note(session, deeds, now=at)

    def ask(self, event: object, *roles: Role) -> Outcome:
        occasion = self.occasion(*roles)
        prepared = prepare(event, occasion)
        with self.database.writing() as session:
            return record(event, session, replace(occasion, books=None), prepared)

    def read(self, **chosen: object) -> str:
        return words(self.ask(LogAsked(LogSlice(**chosen))))  # type: ignore[arg-type]


def a_case(number: str) -> Case:
    return Case(
        number=number,
        kind=CaseKind.REPORT,
        accused=Accused.VILLAGE_CADRE,
        public=b"",
        state=CaseState.RECEIVED,
        received_on=TODAY,
        due_on=TODAY,
    )


def words(outcome: Outcome) -> str:
    (reply,) = outcome.replies
    return render(reply, Language.ZH_HANT).text


def goes(outcome: Outcome) -> list[Go]:
    buttons = [button for reply in outcome.replies for row in reply.buttons for button in row]
    return [button.does for button in buttons if isinstance(button.does, Go)]


@pytest.fixture
def log(database: Database, keys: Keyring) -> Log:
    with database.writing() as session:
        unit = a_unit(session, "Z1", "財政所")
        post = a_post(session, unit, "Z1-1", "財政所會計")
        auditor, member = (
            a_person(session, "白瑞麟", keys=keys),
            a_person(session, "鄧志遠", keys=keys),
        )
        holder = a_person(session, "許春燕", keys=keys)
        appoint(session, holder, post)
        kept = Log(database, keys, auditor.id, member.id, holder.id, unit.id, post.id)
    kept.note(Deed(kept.holder, Verdict.DONE, Action.SELF_CHECK, kept.post.hex), at=YESTERDAY)
    kept.note(
        Deed(kept.member, Verdict.READ, Action.ARCHIVE, kept.post.hex),
        Deed(None, Verdict.REFUSED, Action.CASES),
        Deed(kept.member, Verdict.EXPORTED, Action.FORMS, f"unit_search:{kept.unit.hex}"),
    )
    return kept


def test_each_entry_says_when_who_what_and_about_what_in_words(log: Log) -> None:
    assert log.read() == (
        "<b>審計日誌</b>（全部，從最新的起）\n\n"
        "<b>4</b>　2026年3月2日 20:00　鄧志遠\n導出：📄 表格（部門廉政風險查找表：財政所）\n"
        "<b>3</b>　2026年3月2日 20:00　未加入的人\n被拒：📂 來信來訪\n"
        "<b>2</b>　2026年3月2日 20:00　鄧志遠\n查閱：🗄 查閱檔案（財政所會計）\n"
        "<b>1</b>　2026年3月1日 20:00　許春燕\n已辦：📝 崗位自查（財政所會計）"
    )


@pytest.mark.parametrize(
    ("chosen", "seen"),
    [
        ({"since": TODAY, "until": TODAY}, {2, 3, 4}),
        ({"until": TODAY - timedelta(days=1)}, {1}),
        ({"verdict": Verdict.REFUSED}, {3}),
        ({"verdict": Verdict.DONE, "since": TODAY}, set()),
        ({"before": 3}, {1, 2}),
    ],
)
def test_the_log_is_read_by_day_and_kind(
    log: Log, chosen: dict[str, object], seen: set[int]
) -> None:
    text = log.read(**chosen)
    assert {number for number in range(1, 5) if f"<b>{number}</b>" in text} == seen
    assert ("沒有符合的記錄" in text) is (seen == set())


def test_a_day_is_the_townships_day(log: Log) -> None:
    late = datetime(2026, 3, 4, 16, 30, tzinfo=NOON.tzinfo)  # half past midnight on the 5th
    log.note(Deed(log.member, Verdict.DONE, Action.BROADCAST), at=late)
    fourth, fifth = TODAY + timedelta(days=2), TODAY + timedelta(days=3)
    assert "沒有符合的記錄" in log.read(since=fourth, until=fourth)
    assert "2026年3月5日 00:30" in log.read(since=fifth, until=fifth)


def test_the_log_is_read_by_person_and_by_unit(log: Log) -> None:
    assert log.read(person=log.member).count("鄧志遠") == 3, "twice did, once chosen"
    of_unit = log.read(unit=log.unit)
    assert "許春燕" in of_unit
    assert "鄧志遠" not in of_unit


def test_earlier_pages_are_reached_with_the_same_choice(log: Log) -> None:
    log.note(*[Deed(log.member, Verdict.DONE, Action.BROADCAST)] * audit_log.PAGE)
    outcome = log.ask(LogAsked(LogSlice(person=log.member)))
    assert words(outcome).count("發通知") == audit_log.PAGE
    earlier = goes(outcome)[0]
    chosen = read_slice(earlier.subject)
    assert chosen == LogSlice(person=log.member, before=5)
    last = log.ask(LogAsked(chosen))
    assert "<b>4</b>" in words(last)
    assert "<b>2</b>" in words(last)
    assert Action.AUDIT_LOG not in [go.action for go in goes(last) if go.subject != "select"]


def test_what_a_subject_named_and_is_no_more_has_its_number(log: Log) -> None:
    log.note(Deed(log.member, Verdict.DONE, Action.REVIEW, "ab" * 16))
    assert "審核申報（編號 abababab）" in log.read()


def test_an_entry_says_which_letters_and_which_keys_it_is_about(log: Log) -> None:
    (handler,) = handlers(log.database, log.keys, "經辦甲")
    one, other = (lodge(log.database, log.keys).number for _ in range(2))
    with log.database.reading() as session:
        key = handler_keys.own(session, handler.id).id
    log.note(
        Deed(handler.id, Verdict.READ, Action.CASES, one),
        Deed(handler.id, Verdict.DONE, Action.SET_KEY, key),
        Deed(handler.id, Verdict.EXPORTED, Action.TAKE_KEYS, given([(key, one), (key, other)])),
        Deed(handler.id, Verdict.DONE, Action.ANSWER_CASE, f"assign:{one} {log.member.hex}"),
        Deed(handler.id, Verdict.READ, Action.CASES, f"decline:{one} decline:{other}"),
        Deed(handler.id, Verdict.DONE, Action.SET_RECOVERY, "0123456789abcdef"),
        Deed(handler.id, Verdict.READ, Action.PREVIEW_QUESTIONNAIRE, "ABCDE"),
    )
    said = log.read(person=handler.id)
    assert f"來信來訪（來信 {one}）" in said
    assert f"我的閱卷密鑰（經辦甲的密鑰 {key}）" in said
    assert f"取出案件密鑰（經辦甲的密鑰 {key}、來信 {one}、來信 {other}）" in said
    assert f"（👤 交辦：來信 {one}、鄧志遠）" in said
    assert f"（⛔️ 不予受理：來信 {one}、⛔️ 不予受理：來信 {other}）" in said
    assert "（密鑰 0123456789abcdef）" in said, "of recovery, which is nobody's"
    (reply,) = log.ask(LogTaken(LogSlice(person=handler.id))).replies
    assert reply.paper
    sheet = openpyxl.load_workbook(BytesIO(reply.paper.content))["審計日誌"]
    cells = [str(cell.value) for (cell,) in sheet.iter_rows(min_col=6, max_col=6)]
    assert f"不予受理：來信 {one}、不予受理：來信 {other}" in cells, "on paper without signs"
    assert "ABCDE" not in said, "what looks like the number of a letter and is none"


def test_an_entry_says_which_step_was_taken_of_a_broadcast(log: Log) -> None:
    with log.database.writing() as session:
        sent = Broadcast(
            ordered_by=log.member, text="x", state=BroadcastState.FINISHED, ordered_at=NOON
        )
        session.add(sent)
        session.flush()
        which = sent.id.hex
    moves = (BroadcastMove.AGAIN, BroadcastMove.ARRIVED, BroadcastMove.DECLINE)
    for move in moves:
        log.note(Deed(log.member, Verdict.DONE, Action.STEER_BROADCAST, step(move, which)))
    log.note(Deed(log.member, Verdict.DONE, Action.STEER_BROADCAST, which))
    said = log.read()
    for move in moves:
        assert f"（{plain_words(move, Language.ZH_HANT)}：2026年3月2日 的通知）" in said
    assert "（2026年3月2日 的通知）" in said, "as it was noted before steps were"


def test_a_page_of_entries_about_a_hundred_letters_fits_into_a_message(log: Log) -> None:
    key = "0123456789abcdef"
    with log.database.writing() as session:
        numbers = [f"A{one}{other}ZZ" for one in "BCDEFGHJKM" for other in "BCDEFGHJKM"]
        session.add_all(a_case(number) for number in numbers)
    about = given((key, number) for number in numbers)
    log.note(*[Deed(log.member, Verdict.EXPORTED, Action.TAKE_KEYS, about)] * audit_log.PAGE)
    assert len(log.read()) < 4096
    (reply,) = log.ask(LogTaken(LogSlice())).replies
    assert reply.paper
    sheet = openpyxl.load_workbook(BytesIO(reply.paper.content))["審計日誌"]
    assert numbers[-1] in str(sheet.cell(20, 6).value), "the workbook names them all"


def test_an_action_of_an_older_version_is_still_read(log: Log) -> None:
    log.note(Deed(log.member, Verdict.DONE, Action.REVIEW))
    with log.database.reading() as session:
        rows = audit_log.entries(session, LogSlice(), log.occasion(), most=1)
    assert rows[0].action is Action.REVIEW
    assert audit_log.ACTIONS.get("long_gone", "long_gone") == "long_gone"


def test_the_export_holds_what_is_read_with_its_digests(log: Log) -> None:
    outcome = log.ask(LogTaken(LogSlice(since=TODAY)))
    (reply,) = outcome.replies
    assert reply.paper
    book = openpyxl.load_workbook(BytesIO(reply.paper.content))
    rows = list(book["審計日誌"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["序號", 2, 3, 4]
    assert rows[1][1:6] == ("2026-03-02 20:00:00", "鄧志遠", "查閱", "查閱檔案", "財政所會計")
    assert all(len(str(row[6])) == 64 for row in rows[1:])


def test_an_export_of_more_than_a_workbook_holds_is_refused(log: Log) -> None:
    log.note(*[Deed(log.member, Verdict.DONE, Action.BROADCAST)] * audit_log.MOST)
    with pytest.raises(Refused, match="log_too_long"):
        log.ask(LogTaken(LogSlice()))


def test_the_log_is_verified_in_the_chat(log: Log) -> None:
    assert "審計日誌完整" in words(log.ask(LogVerified()))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
@pytest.mark.parametrize("event", [LogAsked(LogSlice()), LogTaken(LogSlice()), LogVerified()])
def test_nobody_else_reads_takes_or_verifies_it(log: Log, role: Role, event: object) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        log.ask(event, role)


def test_the_questions_offer_people_by_unit_and_units(log: Log) -> None:
    with log.database.reading() as session:
        told = brief(session, Action.AUDIT_LOG, "select", occasion=log.occasion())
        newest = brief(session, Action.AUDIT_LOG, "", occasion=log.occasion())
    first, *_ = told.people
    assert (first.name, first.unit) == ("許春燕", "財政所")
    assert [unit.name for unit in told.units] == ["財政所"]
    assert told.chosen is None
    assert newest.chosen == LogSlice()
