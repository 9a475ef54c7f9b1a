"""Standing aside takes a word for the kinship; two characters can be the whole of it."""

from dialogs.facts import DeclarationNamed
from dialogs.rules.access import Action
from tests.builders.conversation import Conversation
from tests.dialogs.told import some_id


def test_a_word_for_the_kinship_is_reason_enough() -> None:
    told = DeclarationNamed(some_id(1), "許春燕")
    conversation = Conversation(Action.RECUSE, told)
    conversation.say("夫妻")
    conversation.press("是")
    assert conversation.event.reason == "夫妻"
