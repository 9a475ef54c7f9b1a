"""A conversation loses nothing: one press deletes no answers, long texts, two at one case."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dialogs.vocabulary import PaperKind
from storage.tables import CasePaper, Conversation
from tests.builders.house import House, open_house
from tests.builders.letters import begin_letter, bring, open_letter, unlock
from tests.builders.phone import words
from tests.builders.township import example_township

HANDLERS = ("韓守正", "鄧志遠")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        opened.take_over(example_township())
        for name in HANDLERS:
            opened.hand_over(name)
        opened.entrust(*HANDLERS)
        opened.program.start()
        yield opened


def test_nothing_filled_in_is_deleted_before_it_is_asked_about(house: House) -> None:
    phone = house.phone("猶豫的人")
    begin_letter(phone)
    phone.say("修路的錢沒有公開")
    phone.sees("可以附照片、文件或錄音")
    phone.say("/cancel")
    phone.sees("確定刪除已填的內容嗎？")
    phone.say("王大娘，住村東")
    phone.sees("請先決定要不要刪除")
    phone.say("不刪，繼續填")
    phone.sees("繼續上次的")
    phone.press("沒有別的了")
    phone.sees("請核對您的回答")
    phone.press("1")
    phone.sees("原答案：村（社區）幹部")
    assert "取消" not in str(phone.last()["reply_markup"])
    phone.press("保留原答案")
    assert "王大娘" not in words(phone.sees("✓ 村（社區）幹部"))
    phone.say("/cancel")
    phone.press("刪除")
    phone.sees("已取消")
    assert house.rows(Conversation) == []


def test_a_message_changed_in_telegram_changes_no_answer_and_the_writer_hears_so(
    house: House,
) -> None:
    phone = house.phone("改口的人")
    phone.say("您好")
    phone.sees("請選擇要辦的事")
    phone.reword("您好", "您好嗎")
    phone.sees("我們收到的仍是第一次寫的")
    house.wait_till(house.now() + timedelta(seconds=61))
    begin_letter(phone)
    phone.say("修渠的錢沒有公開")
    phone.sees("可以附照片、文件或錄音")
    phone.reword("修渠的錢沒有公開", "修渠的錢是會計收的")
    assert "上一步" in words(phone.sees("記下並密封的仍是您第一次寫的"))
    phone.reword("修渠的錢是會計收的", "算了")
    phone.press("沒有別的了")
    review = words(phone.sees("請核對您的回答"))
    assert "修渠的錢沒有公開" in review
    assert "會計" not in review
    assert len([m for m in phone.messages() if "仍是您第一次寫的" in words(m)]) == 1
    phone.say("/cancel")
    phone.press("刪除")
    phone.sees("已取消")


def test_a_text_that_comes_in_pieces_is_not_taken_in_part(house: House) -> None:
    phone = house.phone("寫得很長的人")
    begin_letter(phone)
    phone.say("長" * 4096)
    phone.sees("太長了")
    phone.say("後來的九百多個字")
    phone.sees("這一段可能是後半段")
    phone.say("村裡的路沒有修完")
    phone.sees("可以附照片、文件或錄音")
    phone.say("/cancel")
    phone.press("刪除")
    phone.sees("已取消")


def test_after_a_change_of_language_the_question_is_asked_again(house: House) -> None:
    phone = house.phone("換語言的人")
    begin_letter(phone)
    phone.say("修路的錢沒有公開")
    phone.sees("可以附照片、文件或錄音")
    phone.say("/language")
    phone.press("English")
    phone.sees("Comments and complaints")
    phone.press("Nothing else, go and check")
    phone.sees("Please check")
    phone.press("Send")
    phone.sees("This is your receipt")


def test_of_two_answers_to_one_case_the_second_learns_of_the_first(house: House) -> None:
    handlers = [house.hand_over(name) for name in HANDLERS]
    receipt = bring(house.phone("王大娘"), "水塘的租金沒有入賬")
    house.open_for_business()  # and they hear of what came since
    for handler in handlers:
        handler.sees(receipt.number)
        unlock(handler)
        open_letter(handler, receipt.number)
        handler.press("辦理這件來信")
        handler.sees("要怎麼辦")
        handler.press("受理")
        handler.sees("請寫給來信人的話")
        handler.say("十五日內派人丈量")
        handler.button("是")
    first, second = handlers
    first.press("是")
    first.sees(f"{receipt.number}｜")
    second.press("是")
    second.sees(f"案件 {receipt.number} 剛才已有同事答覆")
    second.sees("十五日內派人丈量")
    assert [paper.kind for paper in house.rows(CasePaper)].count(PaperKind.ANSWER) == 1
