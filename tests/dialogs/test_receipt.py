import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.receipt import (
    ALPHABET,
    NUMBER_LENGTH,
    SECRET_LENGTH,
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
