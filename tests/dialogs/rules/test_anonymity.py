from itertools import cycle, product
from time import perf_counter

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


NAMES = ("李大山", "王大娘", "趙志明", "刘芳", "陳建國", "小芳", "周愛民", "张长生")
INTRODUCED = (
    *("我叫{}", "我是{}", "我的名字叫{}", "我的名字是{}", "本人{}", "本人叫{}", "反映人：{}"),
    *("我是村民{}", "我是上河村的{}", "我是上河村三組的{}", "我是本村居民{}"),
)
ENDED = ("", "。", "，反映下面的事", "，住在村東頭", " 電話見後", "住三組", "\n路沒有修")


@pytest.mark.parametrize(
    "sentence",
    [f"{a.format(b)}{c}" for (a, b), c in zip(product(INTRODUCED, NAMES), cycle(ENDED))],
)
def test_whoever_says_their_name_is_told(sentence: str) -> None:
    assert Tale.OWN_NAME in tell_tales(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *("我叫他把錢退回來", "我叫了三次都沒人來", "我叫王會計來對賬", "我叫村裡的人來看"),
        *("我是村民，住在本村。", "我是上河村的村民", "我是來反映低保的", "我是昨天去的"),
        *("我是聽說的，不一定對", "我是江西人，", "我是王建國的鄰居", "我是白天去的", "我是他孫子"),
        *(
            "我是孫女，替爺爺反映",
            "我是石匠。",
            "我是包工頭，",
            "我是施工員。",
            "我是車主",
            "我是高中生",
        ),
        *(
            "本人認為，應當公開",
            "本人反映，以下屬實",
            "本人沒有收到",
            "反映人：匿名",
            "李大山收了錢",
        ),
        *("本人已多次反映。", "我是農民，不懂政策", "我是於三月來的"),
    ],
)
def test_whoever_says_what_they_are_or_whom_they_called_is_not(sentence: str) -> None:
    assert Tale.OWN_NAME not in tell_tales(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        f"{before}{group}{number}{sign}{after}"
        for (before, (group, number)), (sign, after) in zip(
            product(
                ("", "我家在", "路修到"),
                [("三組", "12"), ("3組", "12"), ("三组", "十二"), ("５社", "７"), ("二隊", "８")],
            ),
            cycle(product("號号", ("", "。", "門口", "，村東頭"))),
        )
    ]
    + ["12號院的事", "１２号院", "我家住在中山路8號", "住上河村23號", "門牌號是 7", "三組 12號"],
)
def test_whoever_says_where_they_live_is_told(sentence: str) -> None:
    assert Tale.HOME in tell_tales(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "3月12號發的補貼",
            "三組12號開了會",
            "三組12號下午停水",
            "12號文件沒有公開",
            "三組有12戶",
        ),
        *("第3組的路沒有修", "12號那天", "合同12號", "我家3月12號才收到", "村委會在中山路8號"),
        *("三組12號領了補貼", "住院到12號", "二社到三社的路", "12號樓沒有驗收"),
    ],
)
def test_days_groups_and_offices_are_nobodys_home(sentence: str) -> None:
    assert Tale.HOME not in tell_tales(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "低保評議會只開了十分鐘，名單沒有公示，我們三組沒有人知道。",
        "我是五月去問的，會計說錢已經發了，可是三組十幾戶都沒有收到。",
        "村主任把水庫的魚塘包給他表弟，沒有開會，也沒有公示。",
        "跑了三趟，每次都說缺一樣材料，第三次才說要戶口本。",
        "修路的合同 20260302 號，12 萬元，只鋪了兩公里。",
        "我問了財政所，他們叫我等通知，等到現在三個月了。",
    ],
)
def test_an_ordinary_letter_gives_nothing_away(sentence: str) -> None:
    assert tell_tales(sentence) == ()


@pytest.mark.parametrize("sign", ["一", "1", "三組", "我是村", "我家路", "本人"])
def test_a_long_text_of_one_sign_keeps_nobody_waiting(sign: str) -> None:
    started = perf_counter()
    tell_tales(sign * 3000)
    assert perf_counter() - started < 0.2
