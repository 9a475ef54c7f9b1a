import pytest

from dialogs.events import ComplaintLodged, SentElsewhere
from dialogs.rules.access import Action
from tests.builders.conversation import Conversation
from tests.dialogs.told import TOWNSHIP


def begun() -> Conversation:
    return Conversation(Action.LODGE, TOWNSHIP)


def written(account: str) -> Conversation:
    return begun().press("村（社區）幹部", "反映幹部問題", "上河村").say(account)


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
    silent = written("修路的錢沒有公開").press("略過", "確認送出").event
    named = written("修路的錢沒有公開").say("王大娘 8001").press("確認送出").event
    assert (silent.contact, named.contact) == (None, "王大娘 8001")


def test_what_was_written_is_not_printed_by_accident() -> None:
    event = written("修路的錢沒有公開").say("王大娘").press("確認送出").event
    assert isinstance(event, ComplaintLodged)
    assert "修路" not in repr(event)
    assert "王大娘" not in repr(event)


def test_more_than_a_message_holds_is_refused_and_can_be_shortened() -> None:
    conversation = begun().press("村（社區）幹部", "諮詢", "其他").say("字" * 3001)
    assert "最多 3000 字" in conversation.shown().text
    assert conversation.say("字" * 3000).asked.prompt.key == "complaint.contact"
