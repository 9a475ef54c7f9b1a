"""What is heard of a warning, by whom: letters, pings, pages, and what stays unsaid."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import docx
import pytest
from sqlmodel import col, select

from dialogs import events
from dialogs.errors import Refused
from dialogs.facts import RuleApplied
from dialogs.messages import Rendered, render
from dialogs.rules.access import Action
from dialogs.vocabulary import (
    CaseKind,
    Language,
    ReplyPart,
    WarningLevel,
    WarningPaper,
    WarningState,
)
from dialogs.vocabulary import WarningMove as Move
from storage import outbox, warnings
from storage.briefing import brief
from storage.database import Database
from storage.occasion import Occasion
from storage.outbox import Parcel, Urgency
from storage.people import Known
from storage.recorder import Outcome, prepare, record
from storage.recorder.warning_pages import MOST_LISTED
from storage.sealing import Keyring
from storage.tables import (
    Case,
    CaseRecusal,
    Deadline,
    GradedWarning,
    HandlerKey,
    Kinship,
    Outbox,
    Person,
    ReplyComment,
    WarningFile,
    WarningReason,
    WarningReply,
    WarningStep,
    WrappedKey,
)
from tests.builders.house import PICTURE
from tests.builders.matters import person, standing
from tests.builders.people import NOON, TODAY, give_account
from tests.builders.vault import entrust
from tests.builders.warnings import LATE, draft_of, drafted, post

SECRETARY, AUTHOR, REVIEWER, THIRD = "韓守正", "羅敏", "姚遠航", "鄧志遠"
CASHIER, HEAD, COMMITTEE = "呂思穎", "鄭國良", "陳立誠"
JOINED = (SECRETARY, AUTHOR, REVIEWER, THIRD, CASHIER, HEAD, COMMITTEE)


@dataclass
class Town:
    """The example township with some who have joined, and what they do and are told."""

    database: Database
    keys: Keyring

    def occasion(self, name: str, *, today: date = TODAY) -> Occasion:
        with self.database.reading() as session:
            who = person(session, name)
            known = Known(who, name, standing(session, name, today=today))
        now = datetime.combine(today, NOON.timetz())
        return Occasion(
            *(now, today, 1, self.keys, Language.ZH_HANT, known),
            town="清河鎮",
            books=self.database,
        )

    def does(
        self, name: str, event: object, *, today: date = TODAY, files: tuple[bytes, ...] = ()
    ) -> Outcome:
        """Let somebody do something, as the desk would."""
        occasion = replace(self.occasion(name, today=today), files=files)
        prepared = prepare(event, occasion)
        with self.database.writing() as session:
            return record(event, session, replace(occasion, books=None, files=()), prepared)

    def moves(self, name: str, move: Move, *, today: date = TODAY, **more: object) -> Outcome:
        """Let somebody take a step of the newest warning, having seen every one before."""
        with self.database.reading() as session:
            warning = newest(session)
            seen = warnings.taken(session, warning.id)
        said = {"note": "已核對", "demand": "補報並說明原因", **more}
        return self.does(
            name,
            events.WarningMoved(warning.id, seen, move, **said),  # type: ignore[arg-type]
            today=today,
        )

    def draft(self, level: WarningLevel = WarningLevel.YELLOW) -> UUID:
        with self.database.reading() as session:
            event = events.WarningDrafted(draft_of(session, level=level))
        self.does(AUTHOR, event)
        return self.warning.id

    def signed(self) -> UUID:
        warning = self.draft()
        self.moves(REVIEWER, Move.ISSUE)
        self.does(CASHIER, events.WarningSigned(warning))
        return warning

    def replies(self, warning: UUID, *, cause: str = "年終事多，提醒沒有看。") -> Outcome:
        reply = events.WarningReplied(warning, cause, "雙人清點", date(2026, 4, 1), "按時日清")
        return self.does(CASHIER, reply)

    @property
    def warning(self) -> GradedWarning:
        with self.database.reading() as session:
            return newest(session)

    def letters(self, name: str) -> list[Rendered]:
        """List what waits in the outbox for somebody."""
        with self.database.reading() as session:
            account = session.get_one(Person, person(session, name)).account_hash
            rows = session.exec(
                select(Outbox).where(Outbox.chat_hash == account).order_by(col(Outbox.id))
            ).all()
            return [
                outbox.unpack(
                    Parcel(row.id or 0, row.chat_hash, Urgency.REMINDER, 0, None, row.payload),
                    keys=self.keys,
                ).words
                for row in rows
            ]

    def read(self, outcome: Outcome) -> str:
        return "\n".join(render(one, Language.ZH_HANT).text for one in outcome.replies)


def newest(session: object) -> GradedWarning:
    found = session.exec(select(GradedWarning)).all()  # type: ignore[attr-defined]
    return max(found, key=lambda one: (one.number or "9", one.drafted_on))


@pytest.fixture
def town(founded: Database, keys: Keyring) -> Town:
    with founded.writing() as session:
        for number, name in enumerate(JOINED, 100):
            one = session.get_one(Person, person(session, name))
            give_account(one, number, keys=keys)
            session.add(one)
    return Town(founded, keys)


def test_a_draft_is_told_to_the_commission_without_its_content(town: Town) -> None:
    town.draft()
    for name in (SECRETARY, REVIEWER, THIRD):
        (ping,) = town.letters(name)
        assert "三級（黃）提醒" in ping.text
        assert LATE.fact not in ping.text
        assert "呂思穎" not in ping.text
    assert town.letters(AUTHOR) == town.letters(CASHIER) == town.letters(HEAD) == []


def test_the_letter_goes_to_its_addressee_alone_and_cannot_be_passed_on(town: Town) -> None:
    town.draft()
    town.moves(REVIEWER, Move.ISSUE, demand="七日內補報")
    letter = town.letters(CASHIER)
    assert all(one.protected for one in letter)
    said = "\n".join(one.text for one in letter)
    for part in (LATE.fact, LATE.basis, "七日內補報", "2026-0001", "三級（黃）提醒"):
        assert part in said, part
    assert "簽收" in str(letter[-1].rows)
    (ping,) = town.letters(HEAD)
    assert "2026-0001" in ping.text
    assert LATE.fact not in ping.text
    assert "呂思穎" not in ping.text


def test_the_committee_is_told_of_a_red_warning_as_it_stands(town: Town) -> None:
    town.draft(WarningLevel.RED)
    town.moves(AUTHOR, Move.PROPOSE)
    town.moves(THIRD, Move.COUNTERSIGN)
    assert town.letters(COMMITTEE) == []
    town.moves(SECRETARY, Move.ISSUE)
    known = town.letters(COMMITTEE)
    assert all(one.protected for one in known)
    assert LATE.fact in "\n".join(one.text for one in known)
    assert "簽收" not in str([one.rows for one in known])


def leaves_the_chat(town: Town) -> None:
    with town.database.writing() as session:
        one = session.get_one(Person, person(session, CASHIER))
        one.account = one.account_hash = None
        session.add(one)


def test_who_has_not_joined_is_to_be_reached_on_paper(town: Town) -> None:
    leaves_the_chat(town)
    town.draft()
    assert "呂思穎 還沒有加入" in town.read(town.moves(REVIEWER, Move.ISSUE))
    town.moves(REVIEWER, Move.DELIVER, note="三月二日面交本人")
    assert town.warning.state is WarningState.DELIVERED


def test_what_they_sign_and_reply_on_paper_is_written_down_by_a_member(town: Town) -> None:
    leaves_the_chat(town)
    warning = town.draft()
    town.moves(REVIEWER, Move.ISSUE)
    town.moves(REVIEWER, Move.DELIVER, note="三月二日面交本人")
    assert "已登記預警" in town.read(town.does(THIRD, events.WarningSigned(warning)))
    told = brief_of(town, Action.ANSWER_WARNING, THIRD, warning)
    assert told.on_paper == CASHIER
    reply = events.WarningReplied(warning, "沒看提醒。", "雙人清點", date(2026, 4, 1), "按時日清")
    assert "由另一位成員審核" in town.read(town.does(THIRD, reply))
    said = town.read(town.does(REVIEWER, events.WarningOpened(warning)))
    assert f"簽收（紙本，代錄） {THIRD}" in said
    given = town.does(REVIEWER, events.WarningPaperAsked(warning, WarningPaper.NOTICE))
    assert f"{CASHIER}（紙本）" in printed(given)
    with pytest.raises(Refused, match="four_eyes"):
        town.moves(THIRD, Move.ACCEPT)
    town.moves(REVIEWER, Move.ACCEPT)
    assert town.warning.state is WarningState.ACCEPTED


def test_nobody_writes_down_for_one_who_can_answer_in_the_chat(town: Town) -> None:
    warning = town.draft()
    town.moves(REVIEWER, Move.ISSUE)
    for name in (THIRD, HEAD):
        with pytest.raises(Refused, match="not_your_warning"):
            town.does(name, events.WarningSigned(warning))


def test_its_addressee_is_not_shown_what_the_commission_does_inside(town: Town) -> None:
    warning = town.draft(WarningLevel.ORANGE)
    with pytest.raises(Refused, match="warning_not_to_read"):
        town.does(CASHIER, events.WarningOpened(warning))
    town.moves(AUTHOR, Move.PROPOSE, note="內部意見")
    town.moves(SECRETARY, Move.ISSUE)
    page = town.does(CASHIER, events.WarningOpened(warning))
    assert all(one.protected for one in page.replies)
    said = town.read(page)
    assert LATE.fact in said
    assert "提請簽發" not in said
    assert "內部意見" not in said
    assert "提請簽發" in town.read(town.does(THIRD, events.WarningOpened(warning)))
    with pytest.raises(Refused, match="warning_not_to_read"):
        town.does(HEAD, events.WarningOpened(warning))


def test_a_draft_does_not_stay_in_the_chat_and_a_letter_does(town: Town) -> None:
    warning = town.draft()
    assert {one.lasts for one in town.does(REVIEWER, events.WarningOpened(warning)).replies} != {
        None
    }
    town.moves(REVIEWER, Move.ISSUE)
    page = town.does(CASHIER, events.WarningOpened(warning))
    assert {one.lasts for one in page.replies} == {None}


def test_a_reviewer_sees_what_changed_and_the_evidence(town: Town) -> None:
    warning = town.signed()
    reply = events.WarningReplied(
        warning,
        *("年終事多，提醒沒有看。", "雙人清點", date(2026, 4, 1), "按時日清"),
        files=(attachment("清點表.png"),),
    )
    town.does(CASHIER, reply, files=(PICTURE,))
    comments = [events.PartCommented(ReplyPart.CAUSE, "說清楚為什麼沒有看")]
    town.moves(REVIEWER, Move.SEND_BACK, comments=comments, due=TODAY + timedelta(days=5))
    told = brief_of(town, Action.ANSWER_WARNING, CASHIER, warning)
    assert told.before.comments == [(ReplyPart.CAUSE, "說清楚為什麼沒有看")]
    paper = events.WarningPaperAsked(warning, WarningPaper.REPLY)
    assert "原因剖析：說清楚為什麼沒有看" in printed(town.does(CASHIER, paper))
    town.replies(warning, cause="換了手機，沒有收到提醒。")
    assert "說清楚為什麼沒有看" not in printed(town.does(CASHIER, paper)), "it was of the first"
    said = town.read(town.does(REVIEWER, events.WarningOpened(warning)))
    assert "與上次相比有改動：原因剖析" in said
    assert "清點表.png" in said
    (shown,) = town.does(REVIEWER, events.WarningEvidenceAsked(warning)).replies
    assert shown.paper is not None
    assert (shown.paper.name, shown.paper.content) == ("evidence.png", PICTURE)
    assert shown.protected


def test_a_file_that_is_none_of_those_taken_is_refused_and_nothing_is_written(town: Town) -> None:
    warning = town.signed()
    reply = events.WarningReplied(
        warning,
        *("年終事多，提醒沒有看。", "雙人清點", date(2026, 4, 1), "按時日清"),
        files=(attachment("x.exe"),),
    )
    with pytest.raises(Refused, match="evidence_kind"):
        town.does(CASHIER, reply, files=(b"MZ not a picture",))
    assert town.warning.state is WarningState.SIGNED


def test_four_yellow_within_a_year_are_pointed_out_to_people(town: Town) -> None:
    for _ in range(3):
        town.draft()
        said = town.read(town.moves(REVIEWER, Move.ISSUE))
        assert "已達" not in said
    town.draft()
    assert "「三級（黃）提醒」已達 4 份" in town.read(town.moves(REVIEWER, Move.ISSUE))
    told = brief_of(town, Action.DRAFT_WARNING, AUTHOR, None)
    assert told.reached == [WarningLevel.YELLOW]
    assert dict(told.issued)[WarningLevel.YELLOW] == 4
    assert all(one.level is WarningLevel.YELLOW for one in rows(town)), "nothing rose by itself"


def test_a_graver_one_says_in_whose_place_it_comes_and_how_that_stands(town: Town) -> None:
    lower = town.signed()
    with town.database.reading() as session:
        seen = warnings.taken(session, lower)
    raised = events.WarningRaised(lower, seen, LATE, "立即回覆")
    town.does(AUTHOR, raised)
    town.replies(lower)
    (higher,) = [one.id for one in rows(town) if one.raised_from == lower]
    page = events.WarningOpened(higher)
    assert "簽發後代替預警 2026-0001（現在：已回覆" in town.read(town.does(SECRETARY, page))
    before = len(town.letters(CASHIER))
    town.moves(AUTHOR, Move.PROPOSE)
    town.moves(SECRETARY, Move.ISSUE)
    replaces = "代替預警 2026-0001，那一份不必再回覆。"
    assert replaces in town.letters(CASHIER)[before].text
    for name in (CASHIER, THIRD):
        assert replaces in town.read(town.does(name, page))


def test_of_very_many_the_list_shows_the_first_and_says_where_the_others_are(town: Town) -> None:
    with town.database.writing() as session:
        for back in range(MOST_LISTED + 1):
            drafted(session, keys=town.keys, today=TODAY - timedelta(days=back))
    listed = town.does(REVIEWER, events.WarningsAsked())
    assert f"預警 {MOST_LISTED + 1} 份" in town.read(listed)
    assert "其餘辦結較早的見「預警台賬」" in town.read(listed)
    buttons = [one for reply in listed.replies for row in reply.buttons for one in row]
    assert len(buttons) == MOST_LISTED


def test_two_red_within_a_year_point_to_the_county(town: Town) -> None:
    for count in (1, 2):
        town.draft(WarningLevel.RED)
        town.moves(AUTHOR, Move.PROPOSE)
        town.moves(THIRD, Move.COUNTERSIGN)
        said = town.read(town.moves(SECRETARY, Move.ISSUE))
        assert ("報縣紀委" in said) is (count == 2)
    town.moves(SECRETARY, Move.REPORT_UP, note="清廉報〔2026〕3號")
    page = events.WarningOpened(town.warning.id)
    assert "清廉報〔2026〕3號" in town.read(town.does(THIRD, page))
    assert "清廉報〔2026〕3號" not in town.read(town.does(CASHIER, page))


def give_keys(town: Town) -> None:
    """Let the secretary and two members be handlers of letters."""
    with town.database.writing() as session:
        for name in (SECRETARY, AUTHOR, REVIEWER):
            one = session.exec(select(Person).where(Person.name == name)).one()
            entrust(session, one, keyring=town.keys)


def test_a_lead_is_sealed_to_handlers_and_never_to_the_accused(town: Town) -> None:
    give_keys(town)
    warning = town.draft()
    before = town.letters(CASHIER)
    outcome = town.does(AUTHOR, events.WarningMadeLead(warning, 1, "涉嫌挪用"))
    with town.database.reading() as session:
        case = session.exec(select(Case)).one()
        held = set(session.exec(select(WrappedKey.key_id).where(WrappedKey.case_id == case.id)))
        handlers = set(session.exec(select(HandlerKey.id)))
        assert held >= handlers
        assert len(session.exec(select(CaseRecusal)).all()) == 1, "the accused is marked"
    assert case.kind is CaseKind.REPORT
    assert case.number in town.read(outcome)
    assert town.letters(CASHIER) == before == []
    assert town.warning.state is WarningState.LEFT
    said = town.read(town.does(REVIEWER, events.WarningOpened(warning)))
    assert LATE.fact not in said
    assert "呂思穎" not in said


def test_whom_the_note_of_a_lead_names_is_never_sealed_it(town: Town) -> None:
    give_keys(town)
    town.does(AUTHOR, events.WarningMadeLead(town.draft(), 1, f"挪用時{REVIEWER}在場"))
    with town.database.reading() as session:
        (held,) = [set(session.exec(select(WrappedKey.key_id)))]
        aside = person(session, REVIEWER)
        own = {one.id for one in session.exec(select(HandlerKey)) if one.person_id == aside}
        others = {one.id for one in session.exec(select(HandlerKey))} - own
    assert not held & own
    assert held >= others


def written(town: Town) -> list[tuple[str, dict[str, object]]]:
    """Read every row that is kept of warnings, and of what is due because of them."""
    tables = (GradedWarning, WarningReason, WarningStep, WarningReply, ReplyComment, WarningFile)
    with town.database.reading() as session:
        return [
            (table.__name__, row.model_dump())
            for table in (*tables, Deadline)
            for row in session.exec(select(table)).all()
        ]


def issued(town: Town, state: WarningState) -> UUID:
    """Bring a warning to where it waits for its reviewer, or to the file."""
    warning = town.signed()
    town.replies(warning)
    if state is WarningState.ARCHIVED:
        for move in (Move.ACCEPT, Move.LIFT, Move.ARCHIVE):
            town.moves(REVIEWER, move)
    assert town.warning.state is state
    return warning


@pytest.mark.parametrize("state", [WarningState.REPLIED, WarningState.ARCHIVED])
def test_of_a_lead_beside_a_warning_nothing_is_written_on_it_and_only_handlers_hear(
    town: Town, state: WarningState
) -> None:
    give_keys(town)
    warning = issued(town, state)
    with town.database.reading() as session:
        seen = warnings.taken(session, warning)
    before, heard = written(town), {name: len(town.letters(name)) for name in JOINED}
    ledger = town.does(THIRD, events.WarningLedgerAsked())
    outcome = town.does(AUTHOR, events.WarningMadeLead(warning, seen, "回覆裡說漏了挪用"))
    with town.database.reading() as session:
        case = session.exec(select(Case)).one()
        assert len(session.exec(select(CaseRecusal)).all()) == 1, "the accused is marked"
    assert case.kind is CaseKind.REPORT
    assert case.number in town.read(outcome)
    assert written(town) == before
    more = {name: town.letters(name)[heard[name] :] for name in JOINED}
    assert {name for name, letters in more.items() if letters} == {SECRETARY, REVIEWER}
    for (ping,) in (more[SECRETARY], more[REVIEWER]):
        assert case.number in ping.text
        assert "挪用" not in ping.text
    assert town.read(town.does(THIRD, events.WarningLedgerAsked())) == town.read(ledger)
    for name in (THIRD, CASHIER):
        page = town.read(town.does(name, events.WarningOpened(warning)))
        assert "線索" not in page, name


def test_whoever_takes_no_step_on_a_warning_opens_no_lead_beside_it(town: Town) -> None:
    give_keys(town)
    warning = issued(town, WarningState.REPLIED)
    with town.database.writing() as session:
        kin = Kinship(person_id=person(session, AUTHOR), relative_id=person(session, CASHIER))
        session.add(kin)
        seen = warnings.taken(session, warning)
    for name, why in (
        (CASHIER, "not_allowed"),
        (AUTHOR, "warning_not_to_read"),
        (HEAD, "warning_not_to_read"),
    ):
        with pytest.raises(Refused, match=why):
            town.does(name, events.WarningMadeLead(warning, seen, "涉嫌挪用"))
    with pytest.raises(Refused, match="warning_moved_on"):
        town.does(THIRD, events.WarningMadeLead(warning, seen - 1, "涉嫌挪用"))
    with town.database.reading() as session:
        assert session.exec(select(Case)).all() == []


def test_without_handlers_a_draft_stays_what_it_is(town: Town) -> None:
    warning = town.draft()
    with pytest.raises(Refused, match="too_few_handlers"):
        town.does(AUTHOR, events.WarningMadeLead(warning, 1, "涉嫌挪用"))
    assert town.warning.state is WarningState.DRAFTED


def test_its_papers_and_its_ledger_are_handed_out(town: Town) -> None:
    warning = town.signed()
    with pytest.raises(Refused, match="warning_without_papers"):
        town.does(CASHIER, events.WarningPaperAsked(warning, WarningPaper.REPLY))
    with pytest.raises(Refused, match="warning_not_to_read"):
        town.does(HEAD, events.WarningPaperAsked(warning, WarningPaper.NOTICE))
    (given,) = town.does(CASHIER, events.WarningPaperAsked(warning, WarningPaper.NOTICE)).replies
    assert given.paper is not None
    assert given.paper.name == "預警通知書_2026-0001.docx"
    assert docx.Document(BytesIO(given.paper.content)).tables
    ledger = town.does(SECRETARY, events.WarningLedgerAsked())
    assert ledger.replies[0].paper is not None
    assert "1 份" in town.read(ledger)


def test_what_a_rule_drafted_says_so(town: Town) -> None:
    rule = RuleApplied("late_measure", "1")
    with town.database.writing() as session:
        warning = drafted(session, keys=town.keys, by=rule).id
    said = town.read(town.does(REVIEWER, events.WarningOpened(warning)))
    assert "由規則起草：措施逾期（版本 1）" in said
    assert "系統" in said


def test_the_archive_of_a_post_lists_its_warnings_for_the_commission_alone(town: Town) -> None:
    town.signed()
    with town.database.reading() as session:
        cashier = post(session, "財政所出納").id
    opened = events.ArchiveOpened(cashier)
    assert "2026-0001" in str(town.does(REVIEWER, opened).replies)
    assert "2026-0001" not in str(town.does(HEAD, opened).replies)


def attachment(name: str) -> events.Attachment:
    return events.Attachment(file="x", name=name, kind="document", size=10)


def printed(outcome: Outcome) -> str:
    """Read what stands in the paper that is handed out."""
    (given,) = outcome.replies
    assert given.paper is not None
    tables = docx.Document(BytesIO(given.paper.content)).tables
    return "\n".join(cell.text for one in tables for row in one.rows for cell in row.cells)


def brief_of(town: Town, action: Action, name: str, warning: UUID | None) -> Any:
    """Tell a dialogue what it needs; without a warning, about the cashier."""
    occasion = town.occasion(name)
    with town.database.reading() as session:
        if warning is not None:
            return brief(session, action, warning.hex, occasion=occasion)
        choice = brief(session, action, "", occasion=occasion).subjects
        code = next(one.code for one in choice if one.name == CASHIER)
        return brief(session, action, code, occasion=occasion)


def rows(town: Town) -> list[GradedWarning]:
    with town.database.reading() as session:
        return list(session.exec(select(GradedWarning)).all())
