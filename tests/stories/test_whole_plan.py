"""The plan from mobilisation to filing: an office of eight posts and a village of five.

An objection is upheld, a post is sent back twice, and grades are looked at by everybody whose
turn it is; nobody skips a step.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pytest
from sqlmodel import select

from bot.playground.telegram import FIRST_SUPERGROUP
from dialogs.vocabulary import (
    DeclarationState,
    FindingState,
    Grade,
    MeasureState,
    Move,
    ObjectionState,
    Role,
    UnitKind,
    Verdict,
)
from storage.audit import first_broken
from storage.points import points_of
from storage.tables import (
    Appointment,
    AuditEntry,
    Declaration,
    Finding,
    Measure,
    Objection,
    Post,
    StepTaken,
    Unit,
)
from tests.builders.house import House, open_house
from tests.builders.patience import until
from tests.builders.people import a_person, a_post, a_unit, appoint
from tests.builders.phone import Phone, words
from tests.builders.self_checks import NONE, ONE, nothing_here

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = ("農業站站長", "農機管理員", "畜牧員", "林業員", "水利員", "農經員", "植保員", "統計員")
VILLAGE = ("村黨支部書記", "村會計", "村婦聯主席", "村民兵連長", "村監委會主任")


@dataclass
class Town:
    """The people of the plan, each with a phone, and the house they are in."""

    house: House
    office: Sequence[Phone]
    village: Sequence[Phone]
    leader: Phone
    member: Phone
    secretary: Phone
    party: Phone
    other_party: Phone
    clerk: Phone

    @property
    def everybody(self) -> Sequence[Phone]:
        return [*self.office, *self.village]

    def today(self) -> date:
        return self.house.today()

    def states(self) -> list[DeclarationState]:
        """How the declarations of those stand who still hold their post."""
        held = {
            (one.person_id, one.post_id)
            for one in self.house.rows(Appointment)
            if one.until is None or one.until >= self.today()
        }
        return [
            one.state
            for one in self.house.rows(Declaration)
            if (one.person_id, one.post_id) in held
        ]


def staff(house: House, code: str, name: str, kind: UnitKind, titles: Sequence[str]) -> list[Phone]:
    """Fill a unit: a person a post, the first of whom is its head."""
    phones = []
    with house.database.writing() as session:
        unit = a_unit(session, code, name, kind=kind)
        for number, title in enumerate(titles, 1):
            phone = house.phone(f"{title}甲")
            roles = [Role.UNIT_HEAD] if number == 1 else []
            person = a_person(
                session, f"{title}甲", keys=house.keys, account=phone.person, roles=roles
            )
            appoint(session, person, a_post(session, unit, f"{code}-{number}", title))
            phones.append(phone)
    return phones


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("plan")
    with open_house(folder, flood=False, public_channel=str(FIRST_SUPERGROUP)) as house:
        house.telegram.add_channel("清河鎮廉政公示", "qinghe_public")
        office = staff(house, "Z1", "農業站", UnitKind.OFFICE, OFFICE)
        village = staff(house, "C1", "上河村", UnitKind.VILLAGE, VILLAGE)
        officers = {
            "周領導": Role.LEADER,
            "鄧委員": Role.COMMISSION_MEMBER,
            "韓書記": Role.COMMISSION_SECRETARY,
            "陳書記": Role.PARTY_COMMITTEE,
            "曹委員": Role.PARTY_COMMITTEE,
            "何文書": Role.OFFICE_CLERK,
        }
        phones = {name: house.phone(name) for name in officers}
        with house.database.writing() as session:
            for name, role in officers.items():
                person = a_person(
                    session, name, keys=house.keys, account=phones[name].person, roles=[role]
                )
                if role is Role.LEADER:
                    for unit in session.exec(select(Unit)):
                        unit.leader_id = person.id
        house.program.start()
        yield Town(
            house,
            office,
            village,
            leader=phones["周領導"],
            member=phones["鄧委員"],
            secretary=phones["韓書記"],
            party=phones["陳書記"],
            other_party=phones["曹委員"],
            clerk=phones["何文書"],
        )


def open_work(phone: Phone) -> str:
    """Open what waits for somebody; give its words."""
    menu = next_message(phone, lambda: phone.say("/menu"))
    assert "請選擇要辦的事" in words(menu)
    return words(next_message(phone, lambda: phone.press("📌 待辦")))


def next_message(phone: Phone, deed: Callable[[], None]) -> dict[str, Any]:
    """Do something and wait for the next message of the bot."""
    before = max((one["message_id"] for one in phone.messages()), default=0)
    deed()
    message: dict[str, Any] = phone.wait(
        lambda: next(
            (
                one
                for one in phone.messages()
                if one["from"]["is_bot"] and one["message_id"] > before
            ),
            None,
        ),
        "an answer",
    )
    return message


def self_check(phone: Phone, title: str, *, name: str = "", village: bool = False) -> None:
    """Go through a post; with a name, one risk point in the first aspect."""
    phone.say("/menu")
    phone.press(f"崗位自查：{title}")
    aspects = 3 if village else 5
    phone.sees(f"1/{aspects}")
    if name:
        phone.press("我自己寫")
        phone.press(ONE)
        phone.sees("請給這個風險點起個名字")
        phone.say(name)
        phone.sees(f"「{name}」會有哪些具體表現")
        phone.say("該登記的不登記\n親友優先辦理")
        phone.press("較高")
        phone.press("較嚴重")
        phone.press("二級(中)")
        phone.sees("該登記的不登記\n用什麼措施")
        phone.say("每件登記，每季抽查")
        phone.sees("親友優先辦理\n用什麼措施")
        phone.say("親友的事由別人辦")
        phone.press("否")
        phone.sees(f"2/{aspects}")
        aspects -= 1
    nothing_here(phone, aspects, then="確認送出")
    phone.press("✅ 確認送出")
    phone.sees("已收到")


def open_a_round(town: Town) -> None:
    phone = town.secretary
    phone.say("/menu")
    phone.press("風險查找與防控")
    phone.press("部署新一輪工作")
    phone.sees("這一輪叫什麼")
    phone.say("2026年度廉政風險排查")
    for stage, weeks in (("宣傳發動", 1), ("深入查找", 4), ("措施防控", 8), ("建章立制", 12)):
        phone.sees(f"「{stage}」階段哪一天")
        phone.say((town.today() + timedelta(weeks=weeks)).isoformat())
    phone.press("✅ 確認送出")
    phone.sees("13 個任職須完成自查")


def test_1_a_stage_stays_closed_until_the_one_before_is_complete(town: Town) -> None:
    open_a_round(town)
    cadre = town.office[1]
    cadre.say("/menu")
    cadre.press("崗位自查：農機管理員")
    said = words(cadre.sees("「深入查找」階段還沒有開放"))
    assert "動員會還沒有登記" in said

    for head, unit in ((town.office[0], "農業站"), (town.village[0], "上河村")):
        assert f"離下一階段還缺：\n{unit}：宣傳發動，還缺" in open_work(head)
        head.press("登記動員會")
        head.sees(f"{unit} 的動員會是哪一天開的")
        head.say("上週五")
        head.say("不少人")
        head.sees("請輸入一個數字")
        head.say("八")
        head.sees("學了什麼")
        head.say("學習實施方案，逐崗布置自查。")
        head.press("是")
        head.sees("動員會已登記")


def test_2_every_post_checks_itself_and_nobody_is_left_out(town: Town) -> None:
    with ThreadPoolExecutor(12) as together:  # each on their own phone, all at the same time
        checks = [
            together.submit(self_check, phone, title, name=f"{title}優親厚友" if number < 3 else "")
            for number, (phone, title) in enumerate(zip(town.office, OFFICE, strict=True))
        ]
        checks += [
            together.submit(
                self_check,
                phone,
                title,
                name=f"{title}賬目不清" if number == 1 else "",
                village=True,
            )
            for number, (phone, title) in enumerate(
                zip(town.village[:-1], VILLAGE[:-1], strict=True)
            )
        ]
    for check in checks:
        check.result()
    said = open_work(town.village[0])
    assert "村監委會主任（村監委會主任甲）：還沒有自查" in said
    self_check(town.village[-1], VILLAGE[-1], village=True)
    assert town.states() == [DeclarationState.DECLARED] * 13


def test_3_others_find_risks_too_and_the_holder_takes_them_up(town: Town) -> None:
    villager = town.house.phone("王大娘")
    villager.say("/menu")
    villager.press("提一個風險點")
    villager.sees("我們不記錄您是誰")
    villager.press("農業站")
    villager.press("農機管理員")
    villager.press("業務流程")
    villager.say("補貼機具重複申報")
    villager.sees("會怎樣表現出來")
    villager.say("同一臺機具換個戶頭再報一次補貼")
    villager.press("是")
    villager.sees("已轉告「農機管理員」的人處理")
    (finding,) = town.house.rows(Finding)
    assert finding.found_by is None

    holder = town.office[1]
    holder.sees("有人對您的崗位「農機管理員」指出了風險點")
    holder.press("處理他人指出的：農機管理員")
    holder.sees("群眾提：補貼機具重複申報")
    holder.press("是")
    holder.sees("「補貼機具重複申報」會有哪些具體表現")
    holder.press("就用「同一臺機具")
    holder.press("較高")
    holder.press("嚴重（可能構成犯罪）")
    holder.press("一級(高)")
    holder.say("機具打鋼印，補貼前後各核一次")
    holder.press("改好了")
    holder.press("✅ 確認送出")
    holder.sees("「農機管理員」的修改已送出。現在：待單位審核")


def test_3a_what_is_not_taken_up_leaves_the_declaration_where_it_stands(town: Town) -> None:
    leader, holder = town.leader, town.office[3]
    leader.say("/menu")
    leader.press("風險查找與防控")
    leader.press("指出崗位的風險點")
    leader.press("農業站")
    leader.press("林業員")
    leader.press("外部環境")
    leader.say("採伐商請託")
    leader.sees("會怎樣表現出來")
    leader.say("採伐商逢年過節送禮")
    leader.press("是")
    leader.sees("已轉告「林業員」的人處理")

    holder.press("處理他人指出的：林業員")
    holder.sees("領導點：採伐商請託")
    holder.press("否")
    holder.say("採伐證由縣局審批，本崗位不經手。")
    holder.press("改好了")
    holder.sees("只答覆他人指出的風險點")
    holder.press("✅ 確認送出")
    holder.sees("「林業員」的申報不變，現在：待單位審核")
    assert all(one.state is not FindingState.OPEN for one in town.house.rows(Finding))


def test_3b_colleagues_check_one_another_and_nobody_their_own_post(town: Town) -> None:
    head, holder, colleague = town.village[0], town.village[1], town.village[2]
    head.say("/menu")
    head.press("風險查找與防控")
    head.press("安排互查")
    head.press("☐ 村會計")
    head.press("選好了（已選 1 項）")
    asked = head.sees("「村會計」由誰來查")
    assert "村會計甲" not in str(asked["reply_markup"])
    head.press("村婦聯主席甲")
    head.press("就用「")
    head.press("是")
    head.sees("已安排 1 項互查")

    colleague.sees("請您查一查同事的崗位「村會計」")
    colleague.press("互查：村會計")
    colleague.sees("您看還有漏掉的風險點嗎")
    colleague.press("是")
    colleague.press("專項資金管理")
    colleague.say("票據事後補")
    colleague.sees("會怎樣表現出來")
    colleague.say("先付錢，年底再補票據")
    colleague.sees("還有別的嗎")
    colleague.press("否")
    colleague.sees("「村會計」的互查已記下，共提出 1 個風險點")

    holder.sees("有人對您的崗位「村會計」指出了風險點")
    holder.press("處理他人指出的：村會計")
    holder.sees("互相查：票據事後補")
    holder.press("否")
    holder.say("村裡報賬由鎮代管，票據不全不付款。")
    holder.press("改好了")
    holder.press("✅ 確認送出")
    holder.sees("「村會計」的申報不變，現在：待單位審核")
    assert all(one.state is not FindingState.OPEN for one in town.house.rows(Finding))


def test_3c_a_rotation_in_the_middle_closes_access_and_opens_the_thirty_days(town: Town) -> None:
    leaver, newcomer, clerk = town.office[7], town.house.phone("統計員乙"), town.clerk
    with town.house.database.writing() as session:
        a_person(session, "統計員乙", keys=town.house.keys, account=newcomer.person)
    for unit, name, deed in (("農業站", "統計員甲", "免職"), ("未任職", "統計員乙", "任職")):
        clerk.say("/menu")
        clerk.press("組織、檔案與表格")
        clerk.press("任免")
        clerk.sees("要變動的人在哪個單位")
        clerk.press(unit)
        clerk.sees("是哪一位")
        clerk.press(name)
        clerk.sees(f"{name}：要辦哪一項")
        clerk.press(deed)
        if deed == "任職":
            clerk.sees("新崗位在哪個單位")
            clerk.press("農業站")
            clerk.sees("統計員乙 任哪個崗位")
            clerk.press("統計員")
            clerk.sees("從哪一天起任「統計員」")
            clerk.say("今天")
        else:
            clerk.sees("任到哪一天為止")
            clerk.say("昨天")
        clerk.sees(f"{name} 今後擔任哪些角色")
        clerk.press(NONE)
        clerk.press("是")
        clerk.sees(f"{name} 的任免已登記")
    leaver.sees("統計員")
    leaver.say("/menu")
    assert "崗位自查：統計員" not in str(leaver.last())
    newcomer.press("現在去填")
    newcomer.sees("1/5")
    nothing_here(newcomer, 5, then="確認送出")
    newcomer.press("✅ 確認送出")
    newcomer.sees("已收到")
    assert town.states() == [DeclarationState.DECLARED] * 13


def test_4_the_head_sends_a_post_back_twice_and_sees_what_changed(town: Town) -> None:
    head, holder = town.office[0], town.office[2]
    for turn in (1, 2):
        open_work(head)
        head.press("單位審核：畜牧員")
        head.sees("您的意見？")
        if turn == 2:
            head.sees("與上一次相比")
            head.sees("每件登記，每月抽查")
        head.press("退回修改")
        head.press("畜牧員優親厚友")
        head.press(ONE)
        head.say("措施太籠統，寫清誰來查。" if turn == 1 else "表現還要寫到具體環節。")
        head.press("是")
        head.sees("已記下：「畜牧員」退回")
        holder.sees(f"被 {OFFICE[0]}甲 退回")
        holder.press("修改：畜牧員")
        holder.sees("措施太籠統" if turn == 1 else "表現還要寫到具體環節")
        holder.press("畜牧員優親厚友")
        holder.sees("「畜牧員優親厚友」要怎麼辦")
        holder.press("修改")
        holder.sees("會有哪些具體表現")
        holder.say("防疫補助不登記" if turn == 1 else "防疫補助發放不登記、代簽代領")
        holder.press("較高")
        holder.press("較嚴重")
        holder.press("二級(中)")
        holder.say(f"每件登記，每月抽查（第{turn}次修改）")
        holder.press("改好了")
        holder.press("✅ 確認送出")
        holder.sees("現在：待單位審核")


def test_5_heads_review_their_units_but_never_their_own_post(town: Town) -> None:
    for head, unit, others in ((town.office[0], "農業站", 7), (town.village[0], "上河村", 4)):
        open_work(head)
        head.press(f"整批單位審核：{unit}（{others}）")
        head.press(f"選好了（已選 {others} 項）")
        head.press("是")
        head.sees(f"已記下：單位審核，共 {others} 份")
    for unit, title in (("農業站", OFFICE[0]), ("上河村", VILLAGE[0])):
        assert f"{unit}：「{title}」（{title}甲）待「單位審核」" in open_work(town.leader)
        town.leader.press(f"單位審核：{title}")
        town.leader.press("✅ 同意")
        town.leader.press("略過")
        town.leader.press("是")
        town.leader.sees(f"「{title}」單位審核")
    assert town.states() == [DeclarationState.ENDORSED] * 13


def decide_unit(phone: Phone, move: str, unit: str, count: int, meeting: str = "") -> None:
    """Take the same step of all of a unit that wait for somebody."""
    open_work(phone)
    phone.press(f"整批{move}：{unit}（{count}）")
    phone.press(f"選好了（已選 {count} 項）")
    if meeting:
        phone.sees("哪一次黨委會議")
        phone.say(meeting)
    phone.press("是")
    phone.sees(f"已記下：{move}，共 {count} 份")


def test_6_the_commission_defines_and_the_party_committee_decides(town: Town) -> None:
    open_work(town.member)
    town.member.press("紀委界定：畜牧員")
    town.member.press("逐項定等級")
    town.member.sees("現在是 二級(中)；按可能性與危害程度取重，建議 二級(中)")
    town.member.press("一級(高)")
    town.member.sees("請寫明理由")
    town.member.say("近三年同類崗位發生過案件")
    town.member.press("略過")
    said = words(town.member.sees("二級(中) → 一級(高)"))
    assert "畜牧員優親厚友" in said
    town.member.press("是")
    town.member.sees("「畜牧員」紀委界定。現在：待黨委初定")
    decide_unit(town.member, "紀委界定", "農業站", 7)
    decide_unit(town.member, "紀委界定", "上河村", 5)
    decide_unit(town.party, "黨委初定", "農業站", 8, "2026年第10次黨委會")
    decide_unit(town.party, "黨委初定", "上河村", 5, "2026年第10次黨委會")
    assert town.states() == [DeclarationState.PROVISIONAL] * 13


def publish(town: Town, phone: Phone, count: int, *, scope: str = "全體村民") -> None:
    phone.say("/menu")
    phone.press("通知與公示")
    phone.press("發布公示")
    phone.press(f"選好了（已選 {count} 項）")
    phone.press(scope)
    phone.sees("公示幾天")
    phone.press("就用「7」")
    phone.press("是")
    phone.sees(f"公示已發布：{count} 個崗位")


def test_7_grades_are_shown_and_voted_on_and_an_objection_is_upheld(town: Town) -> None:
    publish(town, town.secretary, 13)
    voters = [town.house.phone(f"村民{number}") for number in range(4)]
    for number, voter in enumerate(voters):
        voter.say("/menu")
        voter.press("公示與評議")
        shown = words(voter.sees("廉政風險等級公示"))
        assert [line.split("｜")[1] for line in shown.splitlines() if "站｜" in line] == [*OFFICE]
        voter.press("參加評議")
        voter.press("農機管理員")
        voter.press(ONE)
        voter.press("等級合適" if number < 3 else "定低了")
        voter.press("略過")
        voter.press("是")
        voter.sees("1 個崗位的評議已計入")
    again = voters[0]
    again.press("參加評議")
    again.press("農機管理員")
    again.press(ONE)
    again.press("等級合適")
    again.press("略過")
    again.press("是")
    again.sees("每個崗位只能評一次")

    villager = town.house.phone("李老伯")
    villager.say("/menu")
    villager.press("公示與評議")
    villager.press("提出異議")
    villager.sees("我們不記錄您是誰")
    villager.press("上河村｜村會計")
    villager.say("村會計管著全村的錢，應該定一級。")
    villager.press("是")
    villager.sees("異議已收到")

    open_work(town.member)
    town.member.press("答覆異議")
    town.member.sees("村會計管著全村的錢，應該定一級。")
    town.member.press("異議成立")
    town.member.say("採納：村級資金集中於一人經手，重新界定等級。")
    town.member.press("是")
    town.member.sees("對「村會計」的異議已答覆：異議成立")
    town.member.sees("由另一位委員重新界定")
    villager.say("/menu")
    villager.press("公示與評議")
    villager.sees("對「村會計」的異議成立，答覆：採納")
    (objection,) = town.house.rows(Objection)
    assert objection.state is ObjectionState.UPHELD
    assert "應該定一級".encode() not in objection.sealed

    open_work(town.secretary)
    town.secretary.press("紀委界定：村會計")
    town.secretary.press("逐項定等級")
    town.secretary.press("一級(高)")
    town.secretary.say("採納公示期間的異議")
    town.secretary.press("略過")
    town.secretary.press("是")
    town.secretary.sees("現在：待黨委初定")
    open_work(town.other_party)
    town.other_party.press("黨委初定：村會計")
    town.other_party.press("✅ 同意")
    town.other_party.press("略過")
    town.other_party.say("2026年第11次黨委會")
    town.other_party.press("是")
    town.other_party.sees("現在：待公示")
    publish(town, town.secretary, 1, scope="並發到公開頻道")
    channel = town.house.telegram.chats[FIRST_SUPERGROUP]
    (post,) = until(
        lambda: [one for one in channel.messages.values() if "廉政風險等級公示" in words(one)],
        "the post in the channel",
    )
    assert "村會計" in words(post)


def test_8_nobody_closes_a_notice_early_and_then_everything_is_filed(town: Town) -> None:
    assert "公示期滿" not in open_work(town.member)
    town.house.wait_till(town.house.now() + timedelta(days=9))
    for title, left in (("2026-01", 1), ("2026-02", 0)):  # 村會計 was published again
        assert f"第 {title} 號公示期滿" in open_work(town.member)
        town.member.press(f"結束公示：第 {title} 號")
        town.member.sees(f"第 {title} 號公示已結束")
        assert town.states().count(DeclarationState.PUBLISHED) == left
    assert town.states() == [DeclarationState.HEARD] * 13
    villager = town.house.phone("李老伯")
    villager.say("/menu")
    villager.press("公示與評議")
    villager.sees("（已結束）")
    villager.sees("對「村會計」的異議成立，答覆：採納")
    open_work(town.other_party)
    town.other_party.press("黨委審定：農機管理員")
    said = words(town.other_party.sees("公示與評議的情況"))
    assert "村民｜等級合適：3" in said
    assert "村民｜定低了：少於 3" in said
    town.other_party.press("✅ 同意")
    town.other_party.press("略過")
    town.other_party.say("2026年第12次黨委會")
    town.other_party.press("是")
    town.other_party.sees("「農機管理員」黨委審定")
    decide_unit(town.party, "黨委審定", "農業站", 7, "2026年第12次黨委會")
    decide_unit(town.party, "黨委審定", "上河村", 5, "2026年第12次黨委會")
    decide_unit(town.secretary, "備案", "農業站", 8)
    decide_unit(town.secretary, "備案", "上河村", 5)
    assert town.states() == [DeclarationState.FILED] * 13
    town.office[2].sees("您在「畜牧員」的申報已備案，編號")


def test_9_what_was_decided_can_be_followed_step_by_step(town: Town) -> None:
    filed = town.house.rows(Declaration, Declaration.state == DeclarationState.FILED)
    assert len({one.filing_number for one in filed}) == 13
    assert {one.review_due_on.year for one in filed if one.review_due_on} == {town.today().year + 3}
    with town.house.database.reading() as session:
        graded = {
            session.get_one(Post, one.post_id).title: [
                point.grade for point in points_of(session, one)
            ]
            for one in filed
        }
        assert graded["畜牧員"] == graded["村會計"] == [Grade.HIGH]
        assert graded["農機管理員"] == [Grade.MEDIUM, Grade.HIGH]
        assert first_broken(session) is None
    chain = [
        *(Move.DECLARE, Move.SEND_BACK, Move.AMEND, Move.SEND_BACK, Move.AMEND, Move.ENDORSE),
        *(Move.DEFINE, Move.PRESET, Move.PUBLISH, Move.CLOSE, Move.SETTLE, Move.FILE),
    ]
    herder = next(one for one in filed if one.post_id == post_id(town.house, "畜牧員"))
    steps = town.house.rows(StepTaken, StepTaken.declaration_id == herder.id)
    assert [step.move for step in sorted(steps, key=lambda step: step.ordinal)] == chain


def post_id(house: House, title: str) -> UUID:
    (post,) = house.rows(Post, Post.title == title)
    return post.id


def test_a_measures_get_an_owner_a_day_and_a_look(town: Town) -> None:
    holder, head = town.office[2], town.office[0]
    open_work(holder)
    holder.press("落實措施：畜牧員")
    holder.sees("防疫補助發放不登記、代簽代領")
    holder.press("畜牧員甲")
    holder.say((town.today() + timedelta(days=30)).isoformat())
    holder.sees("用什麼指標")
    holder.say("每季抽查未登記次數")
    holder.press("✅ 確認送出")
    holder.sees("1 項措施已落實到人")
    report(town, holder, "登記簿已啟用。", done="否", hands_in="登記簿.xlsx")
    holder.sees("進度已記下")
    report(town, holder, "十月抽查二十戶，無代簽。", done="是", hands_in="抽查記錄.xlsx")
    holder.sees("已報完成")
    open_work(head)
    head.press("核驗：畜牧員優親厚友")
    asked = words(head.sees("核驗結果"))
    assert "畜牧員甲：登記簿已啟用。\n　📎 登記簿.xlsx" in asked
    for name in ("登記簿.xlsx", "抽查記錄.xlsx"):
        (handed,) = [one for one in head.messages() if name in str(one.get("document"))]
        assert head.download(handed) == name.encode()
        assert "畜牧員甲" in words(handed)
    assert [one.verdict for one in noted(town, "verify_measure")] == [Verdict.READ]
    head.press("做到了")
    head.say("查登記簿二十頁，屬實。")
    head.press("是")
    head.sees("核驗已記下")
    verified = [one for one in town.house.rows(Measure) if one.state is MeasureState.VERIFIED]
    assert [one.indicator for one in verified] == ["每季抽查未登記次數"]


def report(town: Town, owner: Phone, text: str, *, done: str, hands_in: str) -> None:
    """Say how far a measure is, with a file named so."""
    open_work(owner)
    owner.press("報進度：畜牧員優親厚友")
    owner.sees("做了什麼")
    owner.say(text)
    owner.wait(lambda: "已經做到了嗎" in words(owner.last()), "whether it is done")
    owner.press(done)
    owner.wait(lambda: "可以附上一份" in words(owner.last()), "the question for a file")
    town.house.send_document(owner, hands_in, hands_in.encode())
    owner.wait(lambda: "確認嗎" in words(owner.last()), "the last question")
    owner.press("是")


def noted(town: Town, action: str) -> list[Any]:
    """What the audit log has of an action."""
    return town.house.rows(AuditEntry, AuditEntry.action == action)


def test_b_the_file_is_read_by_those_who_may_and_each_reading_is_noted(town: Town) -> None:
    reader = town.secretary
    reader.say("/menu")
    reader.press("組織、檔案與表格")
    reader.press("查閱檔案")
    reader.sees("是哪個單位")
    reader.press("農業站")
    reader.sees("是哪個崗位")
    reader.press("畜牧員")
    said = words(reader.sees("備案編號"))
    assert "崗位等級：一級(高)" in said
    assert "紀委界定 鄧委員" in said
    assert Verdict.READ in {entry.verdict for entry in town.house.rows(AuditEntry)}
    reader.press("📎 佐證材料")
    for name in ("登記簿.xlsx", "抽查記錄.xlsx"):
        handed = reader.wait(
            lambda name=name: next(
                (one for one in reader.messages() if name in str(one.get("document"))), None
            ),
            name,
        )
        assert reader.download(handed) == name.encode()
    assert [one.verdict for one in noted(town, "evidence")] == [Verdict.EXPORTED]
    reader.press("我應迴避")
    reader.say("是我的表弟")
    reader.press("是")
    reader.sees("您迴避有關 畜牧員甲 的一切事項")
    reader.say("/menu")
    reader.press("組織、檔案與表格")
    reader.press("查閱檔案")
    reader.sees("是哪個單位")
    reader.press("農業站")
    reader.sees("是哪個崗位")
    reader.press("畜牧員")
    reader.sees("您已申明迴避，不能查閱")


def test_c_a_cadre_who_tries_an_officers_button_is_refused_and_noted(town: Town) -> None:
    cadre = town.office[4]
    (declaration,) = town.house.rows(
        Declaration, Declaration.post_id == post_id(town.house, "畜牧員")
    )
    message = town.house.offer(cadre, f"g:review:{declaration.id.hex}", "g:publish:")
    alerts = len(town.house.alerts())
    cadre.press_again(message, f"g:review:{declaration.id.hex}")
    town.house.sees_alert("這件事需要相應的職務才能辦", since=alerts)
    until(
        lambda: [
            entry
            for entry in town.house.rows(AuditEntry)
            if entry.verdict is Verdict.REFUSED and entry.action == "review"
        ],
        "a refusal noted",
    )


def test_d_the_head_takes_the_forms_of_the_unit_and_a_cadre_only_their_own(town: Town) -> None:
    head, cadre = town.office[0], town.office[2]
    head.say("/menu")
    head.press("組織、檔案與表格")
    head.press("📄 表格")
    head.sees("要哪個崗位的")
    head.press("本單位（農業站）")
    head.press("部門廉政風險識別防控表")
    form = docx.Document(BytesIO(head.download(head.sees("部門廉政風險識別防控表：農業站"))))
    identity, risks, chain = form.tables
    assert identity.cell(0, 3).text == f"{OFFICE[0]}甲"
    assert identity.cell(0, 5).text == "周領導"
    assert "一級(高)" in {row.cells[6].text for row in risks.rows}
    assert "2026年第12次黨委會" in chain.cell(2, 3).text

    cadre.say("/menu")
    cadre.press("組織、檔案與表格")
    cadre.press("📄 表格")
    cadre.sees("要哪一份表")
    cadre.press("個人廉政風險查找表")
    own = docx.Document(BytesIO(cadre.download(cadre.sees("個人廉政風險查找表：畜牧員"))))
    chain = own.tables[2]
    assert "近三年同類崗位發生過案件" in chain.cell(1, 3).text
    assert "鄧委員" in chain.cell(2, 3).text
    (filed,) = town.house.rows(Declaration, Declaration.post_id == post_id(town.house, "畜牧員"))
    assert chain.cell(3, 1).text == filed.filing_number
    exports = [one for one in town.house.rows(AuditEntry) if one.verdict is Verdict.EXPORTED]
    forms = [one for one in exports if one.action == "forms"]
    assert {one.subject.partition(":")[0] for one in forms} == {
        "unit_control",
        "personal_search",
    }

    stranger = post_id(town.house, "村會計")
    message = town.house.offer(cadre, f"g:forms:{stranger.hex}", "g:ledger:")
    alerts = len(town.house.alerts())
    cadre.press_again(message, f"g:forms:{stranger.hex}")
    town.house.sees_alert("這是別的單位的事", since=alerts)


def test_e_the_party_committee_takes_the_ledger_of_the_whole_town(town: Town) -> None:
    reader = town.party
    reader.say("/menu")
    reader.press("組織、檔案與表格")
    reader.press("台賬")
    reader.press("職責範圍內的全部單位")
    message = reader.sees("廉政風險台賬：2 個單位、13 個崗位、5 個風險點")
    book = openpyxl.load_workbook(BytesIO(reader.download(message)))
    assert book.sheetnames == ["匯總", "台賬"]
    totals = [cell.value for cell in book["匯總"][4]]
    assert totals[:9] == ["合計", 13, 13, 13, 1, 5, 3, 2, 0]
