"""Self-checks on a phone: aspects without risk, each with its reason."""

from tests.builders.phone import Phone

NONE, ONE = "選好了（已選 0 項）", "選好了（已選 1 項）"


def nothing_here(phone: Phone, times: int, *, then: str) -> None:
    """Answer aspects with a reason why there is no risk in them."""
    for number in range(times):
        phone.press(NONE)
        phone.sees("請寫明為什麼沒有")
        phone.say(f"本崗位不經手這類事（{number + 1}）。")
        phone.sees(f"✓ 本崗位不經手這類事（{number + 1}）。")
    phone.sees(then)
