from dataclasses import replace

import pytest

from dialogs.events import ComplaintLodged, SentElsewhere
from dialogs.facts import Intake, OfficialNamed, UnitToSpeakOf
from dialogs.prompts import Sent
from dialogs.rules.access import Action
from tests.builders.conversation import Conversation
from tests.dialogs.told import FOLLOWED, INTAKE, MEMBER, some_id


def begun() -> Conversation:
    return Conversation(Action.LODGE, INTAKE)


def written(account: str) -> Conversation:
    return begun().press("村（社區）幹部", "上河村", "王建國", "反映幹部問題").say(account)


def with_contact(contact: str) -> Conversation:
    return written("修路的錢沒有公開").press("留姓名和聯繫方式").say(contact).press("沒有別的了")


def test_whom_it_is_about_is_asked_before_what_happened() -> None:
    conversation = begun()
    assert conversation.asked.prompt.key == "complaint.accused"
    assert not conversation.asked.path


@pytest.mark.parametrize("accused", ["鎮領導班子成員", "鎮紀委的人"])
def test_a_matter_about_the_top_is_sent_elsewhere_before_a_word_is_written(accused: str) -> None:
    assert begun().press(accused).event == SentElsewhere()


def test_somebody_who_gives_a_telephone_number_is_warned() -> None:
    assert "手機號碼" in written("修路的錢，請打 13912345678").shown().text


def test_somebody_who_gives_nothing_away_is_not_warned() -> None:
    assert "⚠️" not in written("修路的錢沒有公開").shown().text


def test_a_name_is_only_kept_if_it_is_given() -> None:
    silent = written("修路的錢沒有公開").press("沒有別的了", "確認送出").event
    named = with_contact("王大娘 8001").press("確認送出").event
    assert (silent.contact, named.contact) == (None, "王大娘 8001")


def test_what_was_written_is_not_printed_by_accident() -> None:
    event = with_contact("王大娘").press("確認送出").event
    assert isinstance(event, ComplaintLodged)
    assert "修路" not in repr(event)
    assert "王大娘" not in repr(event)


def test_more_than_a_message_holds_is_refused_and_can_be_shortened() -> None:
    conversation = begun().press("村（社區）幹部", "其他", "諮詢").say("字" * 3001)
    assert "最多 3000 字" in conversation.shown().text
    assert conversation.say("字" * 3000).asked.prompt.key == "complaint.more"


def above(person: OfficialNamed, unit: UnitToSpeakOf) -> Intake:
    return replace(INTAKE, units=[replace(unit, people=[person, *unit.people])])


def test_a_leader_on_the_list_is_the_countys_matter_and_a_colleague_is_ours() -> None:
    (finance, _) = INTAKE.units
    intake = above(OfficialNamed(some_id(50), "周副鎮長", "分管領導", above=True), finance)
    begun = Conversation(Action.LODGE, intake).press("鎮站所辦工作人員", "財政所")
    assert begun.press("周副鎮長").event == SentElsewhere()
    again = Conversation(Action.LODGE, intake).press("鎮站所辦工作人員", "財政所")
    assert again.press("鄭國良").asked.prompt.key == "complaint.kind"


def test_of_a_unit_with_a_leader_in_it_somebody_unnamed_is_the_countys_matter() -> None:
    (finance, _) = INTAKE.units
    intake = replace(INTAKE, units=[replace(finance, above=True)])
    begun = Conversation(Action.LODGE, intake).press("鎮站所辦工作人員", "財政所")
    assert begun.press("不知道姓名").event == SentElsewhere()


def test_a_matter_that_only_one_handler_could_read_goes_up() -> None:
    accused = some_id(43)
    kin = [replace(one, kin=frozenset({accused})) for one in INTAKE.handlers[:2]]
    intake = replace(INTAKE, handlers=[*kin, INTAKE.handlers[2]])
    begun = Conversation(Action.LODGE, intake).press("村（社區）幹部", "上河村")
    assert begun.press("王建國").event == SentElsewhere()


def test_without_two_handlers_with_keys_nothing_is_taken() -> None:
    begun = Conversation(Action.LODGE, replace(INTAKE, handlers=INTAKE.handlers[:1]))
    assert begun.press("不針對個人", "其他").event == SentElsewhere()


def test_files_are_taken_one_after_another_up_to_five() -> None:
    conversation = written("修路的錢沒有公開")
    for number in range(5):
        conversation.hear(Sent("photo", f"AgACAg{number}", size=1000))
    conversation.hear(Sent("photo", "six", size=1000))
    assert "最多 5 份，這一份沒有收下" in conversation.shown().text
    event = conversation.press("沒有別的了", "確認送出").event
    assert [one.file for one in event.files] == [f"AgACAg{number}" for number in range(5)]


@pytest.mark.parametrize("name", ["韓守正", "韓 守 正", "「韓．守正」", "韩守正"])
def test_a_handler_whose_name_is_written_stands_aside_unasked(name: str) -> None:
    conversation = written(f"這件事是{name}點頭的").press("沒有別的了")
    assert "您寫到了 韓守正" in conversation.shown().text
    event = conversation.press("確認送出").event
    assert event.recused == (some_id(45),)


def test_a_handler_whose_relative_is_written_of_stands_aside_unasked() -> None:
    *others, last = INTAKE.handlers
    kin = replace(last, kin=frozenset({some_id(44)}))
    conversation = Conversation(Action.LODGE, replace(INTAKE, handlers=[*others, kin]))
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say("張秀英的賬對不上")
    shown = conversation.press("沒有別的了").shown().text
    assert "您寫到了 張秀英：" in shown
    assert last.name not in shown, "who is whose relative is not told"
    event = conversation.press("確認送出").event
    assert event.recused == (some_id(44),), "their relatives stand aside by the rule"


MANY = "、".join(one.name for one in INTAKE.handlers[1:])


def test_with_too_few_handlers_left_it_is_said_why_and_of_nobody_who_was_not_written_of() -> None:
    shown = written(f"{MANY}一起吃的飯").shown()
    assert MANY in shown.text
    assert "鎮裡不能辦這件來信" in shown.text
    assert INTAKE.handlers[0].name not in shown.text
    assert written(f"{MANY}一起吃的飯").press("向縣紀委監委反映").event == SentElsewhere()


def test_of_a_handlers_relative_only_who_was_written_of_is_named() -> None:
    kin = [replace(one, kin=frozenset({some_id(44)})) for one in INTAKE.handlers[1:]]
    conversation = Conversation(Action.LODGE, replace(INTAKE, handlers=[INTAKE.handlers[0], *kin]))
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say("張秀英的賬對不上")
    question = conversation.shown().text.rpartition("您寫到")[2]
    assert "張秀英" in question
    assert not [one.name for one in INTAKE.handlers if one.name in question]


def test_a_text_that_leaves_too_few_is_written_otherwise_from_what_it_was() -> None:
    conversation = written(f"{MANY}一起吃的飯").press("改寫")
    assert f"{MANY}一起吃的飯" in conversation.shown().text
    event = conversation.say("村裡一起吃的飯").press("沒有別的了", "確認送出").event
    assert (event.account, event.recused) == ("村裡一起吃的飯", ())


def test_a_contact_or_ticks_that_leave_too_few_are_taken_back_too() -> None:
    conversation = written("修路的錢沒有公開").press("留姓名和聯繫方式").say(f"找{MANY}")
    assert "鎮裡不能辦" in conversation.shown().text
    conversation.press("改寫").say("王大娘 8001").press("請某位經辦人迴避")
    conversation.press(*(one.name for one in INTAKE.handlers[1:]), "選好了")
    assert MANY in conversation.shown().text
    conversation.press("改寫", INTAKE.handlers[1].name, "選好了", "沒有別的了", "確認送出")
    assert (conversation.event.contact, len(conversation.event.recused)) == ("王大娘 8001", 1)


MAYOR = OfficialNamed(some_id(50), "周文博", "鎮長", above=True)


@pytest.mark.parametrize(
    "said", ["周文博點的頭", "周 文 博點的頭", "這是鎮長點的頭", "副鎮長點的頭"]
)
def test_a_leader_written_of_is_pointed_to_the_county_or_said_not_to_be_meant(said: str) -> None:
    intake = above(MAYOR, INTAKE.units[0])

    def begun() -> Conversation:
        conversation = Conversation(Action.LODGE, intake)
        return conversation.press("村（社區）幹部", "其他", "反映幹部問題").say(said)

    assert "由縣紀委監委辦理" in begun().shown().text
    assert begun().press("向縣紀委監委反映").event == SentElsewhere()
    event = begun().press("不是反映他們", "沒有別的了", "確認送出").event
    assert event.account == said
    conversation = begun().press("改寫").say("修路的錢沒有公開")
    assert conversation.asked.prompt.key == "complaint.more"


def test_another_leader_written_of_later_is_asked_about_anew_and_the_same_is_not() -> None:
    deputy = replace(MAYOR, person=some_id(51), name="馬向東", post="書記")
    (finance, river) = INTAKE.units
    intake = replace(INTAKE, units=[replace(finance, people=[MAYOR, deputy]), river])
    conversation = Conversation(Action.LODGE, intake)
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say("村書記跟周文博說過")
    assert "周文博。" in conversation.shown().text, "a title of the village's too says nothing"
    conversation.press("不是反映他們", "留姓名和聯繫方式").say("王大娘，周文博和馬向東認得我")
    assert "您寫到了 馬向東。" in conversation.shown().text
    conversation.press("不是反映他們", "沒有別的了", "確認送出")
    assert conversation.event.contact == "王大娘，周文博和馬向東認得我"


DEPUTY = OfficialNamed(some_id(51), "馬向東", "分管副鎮長（農業農村）", above=True)


@pytest.mark.parametrize("said", ["馬鎮長點的頭", "找過馬副鎮長", "马镇长点的头"])
def test_a_leader_called_by_surname_and_office_is_asked_about_too(said: str) -> None:
    conversation = Conversation(Action.LODGE, above(DEPUTY, INTAKE.units[0]))
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say(said)
    assert "您寫到了 馬鎮長。" in conversation.shown().text


def test_where_two_are_called_so_nobody_is_taken_for_either() -> None:
    (finance, river) = INTAKE.units
    namesake = OfficialNamed(some_id(53), "馬長江", "前任副鎮長")
    units = [replace(finance, people=[DEPUTY]), replace(river, people=[namesake])]
    conversation = Conversation(Action.LODGE, replace(INTAKE, units=units))
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say("馬鎮長點的頭")
    assert conversation.asked.prompt.key == "complaint.more"


def test_a_handler_called_by_surname_and_office_stands_aside_unasked() -> None:
    (finance, river) = INTAKE.units
    office = [OfficialNamed(some_id(45), "韓守正", "鎮紀委副書記", above=True)]
    intake = replace(INTAKE, units=[replace(finance, people=office), river])
    conversation = Conversation(Action.LODGE, intake)
    conversation.press("村（社區）幹部", "其他", "反映幹部問題").say("韓書記收了他的煙")
    conversation.press("不是反映他們", "沒有別的了")
    assert "您寫到了 韓守正" in conversation.shown().text
    assert conversation.press("確認送出").event.recused == (some_id(45),)


def test_where_nobody_is_chosen_the_relatives_of_all_who_work_there_stand_aside() -> None:
    kin = replace(INTAKE.handlers[0], kin=frozenset({some_id(44)}))
    conversation = Conversation(Action.LODGE, replace(INTAKE, handlers=[kin, *INTAKE.handlers[1:]]))
    conversation.press("村（社區）幹部", "上河村", "不知道姓名", "反映幹部問題")
    event = conversation.say("低保都給了親戚").press("沒有別的了", "確認送出").event
    assert event.recused == (some_id(43), some_id(44))
    few = replace(INTAKE, handlers=[kin, INTAKE.handlers[1]])
    conversation = Conversation(Action.LODGE, few).press("村（社區）幹部", "上河村")
    assert conversation.press("不知道姓名").event == SentElsewhere()
    about_nobody = Conversation(Action.LODGE, few).press("不針對個人", "上河村", "建議意見")
    event = about_nobody.say("路燈請早點修").press("沒有別的了", "確認送出").event
    assert event.recused == ()


def spoken(caption: str = "", *, kind: str = "voice", size: int = 1000) -> Conversation:
    conversation = begun().press("村（社區）幹部", "上河村", "王建國", "反映幹部問題")
    conversation.hear(Sent(kind, "AwACAg1", size=size, caption=caption))
    return conversation


@pytest.mark.parametrize("kind", ["voice", "audio"])
def test_whoever_cannot_write_well_speaks_and_the_recording_is_evidence(kind: str) -> None:
    conversation = spoken(kind=kind)
    shown = conversation.shown().text
    assert "✓ （見語音）" in shown
    assert "聽得出您的聲音" in shown
    conversation.hear(Sent("photo", "AgACAg1", size=1000))
    review = conversation.press("沒有別的了").shown().text
    assert "（見語音）" in review
    event = conversation.press("確認送出").event
    assert event.account == ""
    assert [one.file for one in event.files] == ["AwACAg1", "AgACAg1"]


def test_a_recording_is_written_otherwise_on_the_review_page() -> None:
    conversation = spoken().press("沒有別的了", "5")
    assert "原答案：（見語音）" in conversation.shown().text
    conversation.say("修路的錢沒有公開")
    event = conversation.press("沒有別的了", "確認送出").event
    assert (event.account, event.files) == ("修路的錢沒有公開", ())


def test_what_is_written_under_a_recording_is_looked_at_like_a_text() -> None:
    assert "手機號碼" in spoken("請打 13912345678").shown().text
    assert "鎮裡不能辦這件來信" in spoken(f"{MANY}一起吃的飯").shown().text
    assert "您寫的內容裡有回執" in spoken(f"回執 {RECEIPT}").shown().text
    event = spoken("說的是修路").press("沒有別的了", "確認送出").event
    assert event.account == "說的是修路"


def test_neither_a_photo_nor_too_large_a_recording_is_an_account() -> None:
    for conversation in (spoken(kind="photo"), spoken(size=6_000_001)):
        assert "沒有保存" in conversation.shown().text
        assert conversation.asked.prompt.key == "complaint.account"


RECEIPT = "PDMPU 1295 7810 5724 7300"


def captioned(caption: str, *, name: str = "") -> Sent:
    return Sent("document" if name else "photo", "AgACAg1", name=name, size=1000, caption=caption)


def test_what_is_written_under_a_photo_is_part_of_the_account() -> None:
    conversation = written("修路的錢沒有公開")
    conversation.hear(captioned("村口到水庫那一段"))
    assert "已附文件：村口到水庫那一段" in conversation.shown().text
    event = conversation.press("沒有別的了", "確認送出").event
    assert event.account == "修路的錢沒有公開\n\n村口到水庫那一段"


def test_what_is_written_under_a_photo_is_looked_at_like_the_account() -> None:
    conversation = written("修路的錢沒有公開")
    conversation.hear(captioned("我叫王大娘，電話 13912345678"))
    assert "手機號碼、自己的姓名" in conversation.shown().text
    conversation.hear(captioned(f"{MANY}一起吃的飯"))
    assert "鎮裡不能辦這件來信" in conversation.shown().text
    assert conversation.press("改寫").asked.prompt.key == "complaint.further@1"
    conversation.hear(captioned(f"這是{INTAKE.handlers[0].name}點頭的"))
    assert conversation.press("沒有別的了", "確認送出").event.recused == (MEMBER.person,)


@pytest.mark.parametrize("name", ["工具.exe", "照片.RAR", "表.xlsm", "舊表.xls", "頁.html"])
def test_a_document_that_is_no_evidence_is_refused_at_once_and_the_rest_is_kept(name: str) -> None:
    conversation = written("修路的錢沒有公開")
    conversation.hear(captioned("", name="名單.pdf"))
    conversation.hear(captioned("", name=name))
    assert "這裡收不了這種文件" in conversation.shown().text
    event = conversation.press("沒有別的了", "確認送出").event
    assert [one.name for one in event.files] == ["名單.pdf"]


@pytest.mark.parametrize("name", ["名單.PDF", "照片", "a.b.jpg", ".jpg", "村賬.docx"])
def test_a_document_that_may_be_evidence_is_taken(name: str) -> None:
    conversation = written("修路的錢沒有公開")
    conversation.hear(captioned("", name=name))
    assert conversation.asked.prompt.key == "complaint.further@1"


def test_a_file_that_is_too_large_is_refused_at_once() -> None:
    conversation = written("修路的錢沒有公開")
    conversation.hear(Sent("photo", "AgACAg1", size=6_000_001))
    assert "最多 6 MB" in conversation.shown().text
    assert conversation.asked.prompt.key == "complaint.more"


def test_a_receipt_is_refused_wherever_it_is_written() -> None:
    conversation = written(f"上次的 {RECEIPT} 沒有答覆")
    assert "您寫的內容裡有回執" in conversation.shown().text
    assert not [one for one in conversation.asked.draft.answers.values() if "PDMPU" in str(one)]
    conversation.say("上次的信沒有答覆").press("留姓名和聯繫方式").say(f"王大娘 {RECEIPT}")
    assert conversation.asked.prompt.key == "complaint.contact"
    conversation.say("王大娘 8001").hear(captioned(f"回執 {RECEIPT}"))
    assert "您寫的內容裡有回執" in conversation.shown().text


def adding() -> Conversation:
    return Conversation(Action.FOLLOW_CASE, FOLLOWED).press("補充情況")


def test_what_is_added_is_looked_at_like_the_first_account() -> None:
    conversation = adding().say("又搬了一車，請打 13912345678")
    assert "手機號碼。如果不想讓人認出您，請按「上一步」" in conversation.shown().text
    conversation.press("上一步").say("又搬了一車")
    conversation.hear(captioned("我叫王大娘"))
    assert "自己的姓名" in conversation.shown().text
    conversation.press("上一步").hear(captioned("那輛車"))
    assert conversation.press("發完了").event.text == "又搬了一車\n\n那輛車"


@pytest.mark.parametrize("move", ["補充情況", "因此受到報復"])
def test_a_leader_written_of_in_what_is_added_is_the_countys_matter_too(move: str) -> None:
    followed = replace(FOLLOWED, intake=above(MAYOR, INTAKE.units[0]))

    def written() -> Conversation:
        conversation = Conversation(Action.FOLLOW_CASE, followed).press(move)
        return conversation.say("周鎮長叫我別再說了").press("略過")

    assert "由縣紀委監委辦理" in written().shown().text
    assert written().press("向縣紀委監委反映").event == SentElsewhere()
    assert written().press("不是反映他們").event.text == "周鎮長叫我別再說了"


@pytest.mark.parametrize("said", [RECEIPT, "查詢碼 1295 7810 5724 7300"])
def test_what_is_added_holds_no_receipt_nor_its_digits(said: str) -> None:
    conversation = adding().say(f"我的 {said}")
    assert "沒有收下" in conversation.shown().text
    assert conversation.asked.prompt.key == "receipt.supplement"
    conversation.say("又搬了一車").hear(captioned(said))
    assert conversation.asked.prompt.key == "complaint.file@1"


@pytest.mark.parametrize("move", ["補充情況", "因此受到報復"])
def test_what_is_added_may_be_spoken_too(move: str) -> None:
    conversation = Conversation(Action.FOLLOW_CASE, FOLLOWED).press(move)
    assert "可以直接發一段語音" in conversation.shown().text
    conversation.hear(Sent("voice", "AwACAg1", size=1000))
    assert "聽得出您的聲音" in conversation.shown().text
    assert "迴避」" not in conversation.shown().text, "nothing is pointed to that is not there"
    conversation.hear(captioned("那輛車"))
    event = conversation.press("發完了").event
    assert event.text == "那輛車"
    assert [one.kind for one in event.files] == ["voice", "photo"]


def test_files_that_do_not_fit_any_more_are_taken_back_step_by_step() -> None:
    conversation = adding().say("又搬了一車")
    for _ in range(2):
        conversation.hear(captioned(""))
    conversation.press("上一步", "上一步", "略過")  # as refused.case_files_full says
    assert (conversation.event.text, conversation.event.files) == ("又搬了一車", ())


def test_files_added_are_at_most_five_and_the_sixth_is_refused_in_words() -> None:
    conversation = adding().say("又搬了一車")
    for _ in range(6):
        conversation.hear(captioned(""))
    assert "最多 5 份，這一份沒有收下" in conversation.shown().text
    assert len(conversation.press("發完了").event.files) == 5
