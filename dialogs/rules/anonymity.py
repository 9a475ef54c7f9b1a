"""What in a text may give its writer away."""

import re

from dialogs.prompts import plain
from dialogs.vocabulary import Word


class Tale(Word):
    """線索: a kind of sign by which a writer may be known."""

    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    OWN_NAME = "own_name"
    ONLY_ME = "only_me"


SIGNS = {
    Tale.PHONE: re.compile(
        r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # a mainland mobile
        r"|(?<!\d)09\d{2}[- ]?\d{3}[- ]?\d{3}(?!\d)"  # a Taiwanese one
        r"|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"  # a landline
        r"|微信"
    ),
    Tale.IDENTITY_NUMBER: re.compile(
        r"(?<!\d)\d{6} ?(?:19|20)\d{2} ?\d{4} ?\d{3}[\dXx](?!\d)"
        r"|(?<!\d)\d{17}[\dXx](?!\d)|(?<![A-Za-z0-9])[A-Za-z][12]\d{8}(?!\d)"
    ),
    Tale.OWN_NAME: re.compile(
        r"我(?:的名字)?叫[\u4e00-\u9fff]{2}|我是村民[\u4e00-\u9fff]{2}|本人[\u4e00-\u9fff]{2,3},"
    ),
    Tale.ONLY_ME: re.compile(
        r"只有我|就是我自己|就我一[個个人]|僅我|仅我|only I\b|only me\b", re.IGNORECASE
    ),
}


def tell_tales(text: str) -> tuple[Tale, ...]:
    """List the kinds of signs in a text by which its writer may be known."""
    folded = plain(text)
    return tuple(tale for tale, sign in SIGNS.items() if sign.search(folded))
