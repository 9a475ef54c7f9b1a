import pytest

from dialogs.rules.anonymity import Tale, tell_tales


@pytest.mark.parametrize(
    ("sentence", "tales"),
    [
        ("有事請打 13912345678。", (Tale.PHONE,)),
        ("電話１３９－１２３４－５６７８", (Tale.PHONE,)),
        ("身份證 11010119800101123X", (Tale.IDENTITY_NUMBER,)),
        ("我叫王大娘，住在村東頭。", (Tale.OWN_NAME,)),
        ("我是村民李老伯。", (Tale.OWN_NAME,)),
        ("本人趙志明，反映下面的事", (Tale.OWN_NAME,)),
        ("全村只有我沒拿到補貼。", (Tale.ONLY_ME,)),
        ("這事就我一个人知道", (Tale.ONLY_ME,)),
        ("Only I was there.", (Tale.ONLY_ME,)),
        ("我叫王大娘，電話 13912345678。", (Tale.PHONE, Tale.OWN_NAME)),
    ],
)
def test_what_gives_a_writer_away_is_noticed(sentence: str, tales: tuple[Tale, ...]) -> None:
    assert tell_tales(sentence) == tales


@pytest.mark.parametrize(
    "sentence",
    [
        "今年三月修村道，說好鋪三公里，只鋪了兩公里，錢卻全付了。",
        "低保名單裡有村主任的親戚，家裡有車。",
        "合同編號 20260302139123456789，金額 120000 元。",
        "我們村的公章放在會計家裡。",
        "",
    ],
)
def test_a_plain_account_is_left_alone(sentence: str) -> None:
    assert tell_tales(sentence) == ()


@pytest.mark.parametrize(
    ("text", "tale"),
    [
        ("請打 0912-345-678", Tale.PHONE),
        ("電話 028-62345678", Tale.PHONE),
        ("我的微信號是 abc", Tale.PHONE),
        ("身份證 A123456789", Tale.IDENTITY_NUMBER),
        ("510182 1970 0101 1234", Tale.IDENTITY_NUMBER),
        ("那天在場的就是我自己", Tale.ONLY_ME),
    ],
)
def test_other_ways_to_give_oneself_away_are_known(text: str, tale: Tale) -> None:
    assert tale in tell_tales(text)


@pytest.mark.parametrize(
    "text", ["2025-2026 年撥款 12345678 元", "2026-03-02 收了 1000000 元", "合同 20260302 號"]
)
def test_years_days_and_amounts_tell_nothing(text: str) -> None:
    assert tell_tales(text) == ()
