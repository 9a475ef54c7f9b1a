import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from dialogs.receipt import (
    ALPHABET,
    NUMBER_LENGTH,
    SECRET_LENGTH,
    must_hold_no_receipt,
    must_hold_no_secret,
    read_receipt,
    read_secret,
    spaced,
)

NUMBERS = st.text(ALPHABET, min_size=NUMBER_LENGTH, max_size=NUMBER_LENGTH)
SECRETS = st.text("0123456789", min_size=SECRET_LENGTH, max_size=SECRET_LENGTH)


@pytest.mark.parametrize(
    "written",
    [
        "PDMPU 1295 7810 5724 7300",
        "pdmpu1295781057247300",
        "ＰＤＭＰＵ　１２９５－７８１０－５７２４－７３００",
        "編號：PDMPU\n查詢碼：1295 7810 5724 7300",
        "PDMPU\u200b1295 7810 5724 7300",
    ],
)
def test_a_receipt_is_read_however_it_was_copied(written: str) -> None:
    assert read_receipt(written) == ("PDMPU", "1295781057247300")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "PDMPU",
        "1295 7810 5724 7300",
        "PDMPU 1295 7810 5724 730",
        "PDMPU 1295 7810 5724 73000",
        "PDMPU 1295 7810 5724 73OO",
        "PDMP0 1295 7810 5724 7300",  # a nought is no letter of ours
        "我的信怎麼樣了？",
    ],
)
def test_what_cannot_be_a_receipt_is_none(written: str) -> None:
    assert read_receipt(written) is None


@given(NUMBERS, SECRETS)
def test_every_receipt_is_read_as_it_is_printed(number: str, secret: str) -> None:
    assert read_receipt(f"{number} {spaced(secret)}") == (number, secret)


@given(st.text())
def test_reading_never_stumbles(written: str) -> None:
    receipt = read_receipt(written)
    assert receipt is None or (len(receipt[0]), len(receipt[1])) == (NUMBER_LENGTH, SECRET_LENGTH)


@pytest.mark.parametrize(
    "written",
    [
        "1295-7810-5724-7300",
        "1295.7810/5724、7300",
        "查詢碼：１２９５－７８１０ 5724\n7300",
        "1295—7810…57247300",
    ],
)
def test_the_digits_are_read_whatever_stands_between_them(written: str) -> None:
    assert read_secret(written) == "1295781057247300"


@pytest.mark.parametrize("written", ["1295-7810-5724", "A295-7810-5724-73000", "", "不記得了"])
def test_what_cannot_be_the_digits_is_none(written: str) -> None:
    assert read_secret(written) is None


@given(
    NUMBERS.filter(lambda number: not number.isdigit()),
    SECRETS,
    st.sampled_from(
        ["{} {}", "{}{}", "我的回執 {}，查詢碼：{}。", "編號：{}\n查詢碼：{}", "{}－{}"]
    ),
    st.booleans(),
)
def test_a_receipt_written_into_a_text_is_refused(
    number: str, secret: str, written: str, apart: bool
) -> None:
    text = written.format(number.lower(), spaced(secret) if apart else secret)
    for refuse in (must_hold_no_receipt, must_hold_no_secret):
        with pytest.raises(Refused, match="receipt_written"):
            refuse(f"前天問過，{text}，還沒有答覆")


@given(SECRETS, st.sampled_from(["{}", "查詢碼{}在此", "{}。"]))
def test_its_digits_alone_are_refused_in_what_is_added_to_its_case(secret: str, said: str) -> None:
    for text in (said.format(secret), said.format(spaced(secret))):
        must_hold_no_receipt(text)
        with pytest.raises(Refused, match="secret_written"):
            must_hold_no_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "編號 PDMPU 的事", "電話 13912345678", "身份證 510182197001011234 是他的"),
        *(
            "合同編號 20260302139123456789，金額 120000 元",
            "2026-03-02 和 2026-03-05 各收了 1000 元",
        ),
        *("卡號 6222020000000000000", "2026 年 1 月 2 日到 3 月 4 日，共 5 次"),
    ],
)
def test_other_numbers_are_no_receipt(text: str) -> None:
    must_hold_no_secret(text)
