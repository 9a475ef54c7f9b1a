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
