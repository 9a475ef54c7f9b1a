from dialogs.messages import SOURCE, catalogue, folder
from dialogs.xlsform.faults import What
from tests.dialogs.messages.said import ROOT, UNSAID, said, texts, words

# Sentences that no code names, each with what they are for.
SPARED: dict[str, str] = {}


def exists(key: str) -> bool:
    if key.startswith("notice."):
        template = f"{key.removeprefix('notice.')}.html.j2"
        return (ROOT / "dialogs" / "messages" / folder(SOURCE) / template).exists()
    return key in catalogue(SOURCE)


def test_the_code_is_read() -> None:
    keys = {one.key for one in said()}
    assert {
        "ask.self_check.duty",  # a gap filled
        "ask.self_check.pick",  # a key cut at its @
        "ask.receipt.present",  # a prompt made by hand
        "refused.receipt_unreadable",
        "engine.unticked",  # the other branch
        "complaint.other_unit",
    } <= keys


def test_every_sentence_in_the_code_is_in_the_catalogue() -> None:
    missing = {f"{one.key} ({one.place})" for one in said() if not exists(one.key)}
    assert sorted(missing) == []


def test_every_key_with_a_gap_says_what_it_stands_for() -> None:
    gaps = {f"{one.key} ({one.place})" for one in said() if "{" in one.key}
    assert sorted(gaps) == []


def test_every_sentence_gets_the_values_it_needs() -> None:
    lacking = {
        f"{one.key} ({one.place}) lacks {name}"
        for one in said()
        if one.given is not None and one.key in catalogue(SOURCE)
        for _, name in catalogue(SOURCE)[one.key]
        if name is not None and name not in one.given
    }
    assert sorted(lacking) == []


def test_every_word_of_the_trade_is_said_and_no_other() -> None:
    assert {key for key in catalogue(SOURCE) if key.startswith("word.")} == words()


def test_a_closed_set_that_is_not_said_has_no_words() -> None:
    unsaid = tuple(f"word.{name.lower()}." for name in UNSAID)
    assert not [key for key in catalogue(SOURCE) if key.startswith(unsaid)]


def test_no_sentence_is_dead() -> None:
    alive = {one.key for one in said()} | texts() | words() | SPARED.keys()
    alive |= {f"xlsform.fault.{what}" for what in What}
    assert sorted(catalogue(SOURCE).keys() - alive) == []


def test_what_is_spared_is_there_and_named_nowhere() -> None:
    assert SPARED.keys() <= catalogue(SOURCE).keys()
    assert not SPARED.keys() & ({one.key for one in said()} | texts())
