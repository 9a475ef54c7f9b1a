"""A secret cut into shares, so many of which bring it back and fewer tell nothing (Shamir).

Every byte is the value at zero of a polynomial over GF(256) that is otherwise chance; a share is
where the polynomials are at a place of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from hashlib import blake2b

from dialogs.errors import Refused

MOST = 16  # shares of one secret
FEWEST = 2  # shares that bring it back
LINE = "qfshare1"  # begins a share
MARK, CHECK = 4, 4  # bytes: of the key it belongs to, and against mistyping
GROUP = 4  # signs between two spaces


@dataclass(frozen=True)
class Share:
    """A share: of which secret, how many are needed, its place, what lies there."""

    mark: bytes
    needed: int
    place: int
    value: bytes = field(repr=False)

    def written(self) -> str:
        """Write a share as a line to copy by hand, its last eight signs against mistyping."""
        whole = bytes([self.needed, self.place]) + self.mark + self.value
        signs = (whole + checked(whole)).hex()
        groups = [signs[at : at + GROUP] for at in range(0, len(signs), GROUP)]
        return " ".join([LINE, *groups])


def read(line: str) -> Share:
    """Read a share, however it is spaced; raise Refused for one that was mistyped."""
    signs = "".join(line.lower().replace("-", " ").split()).removeprefix(LINE)
    try:
        whole = bytes.fromhex(signs)
    except ValueError:
        raise Refused("share_mistyped") from None
    content, check = whole[:-CHECK], whole[-CHECK:]
    if len(content) <= 2 + MARK or check != checked(content):
        raise Refused("share_mistyped")
    return Share(content[2 : 2 + MARK], content[0], content[1], content[2 + MARK :])


def checked(content: bytes) -> bytes:
    """Work out the signs that tell a mistyped share."""
    return blake2b(content, digest_size=CHECK, person=LINE.encode()).digest()


def cut(secret: bytes, *, mark: bytes, parts: int, needed: int) -> Sequence[Share]:
    """Cut a secret into shares."""
    if not FEWEST <= needed <= parts <= MOST:
        raise Refused("shares_of_no_use", fewest=FEWEST, most=MOST)
    curves = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [
        Share(mark[:MARK], needed, place, bytes(at(curve, place) for curve in curves))
        for place in range(1, parts + 1)
    ]


def joined(shares: Sequence[Share]) -> bytes:
    """Bring the secret back; raise Refused for too few shares, or for shares of several."""
    if not shares:
        raise Refused("shares_too_few", needed=FEWEST, given=0)
    first = shares[0]
    if len({(one.mark, one.needed, len(one.value)) for one in shares}) > 1:
        raise Refused("shares_of_several")
    places = {one.place: one for one in shares}
    if len(places) < first.needed:
        raise Refused("shares_too_few", needed=first.needed, given=len(places))
    taken = list(places.values())[: first.needed]
    weights = [weight(one.place, [other.place for other in taken]) for one in taken]
    return bytes(
        reduce(int.__xor__, (times(w, one.value[i]) for w, one in zip(weights, taken, strict=True)))
        for i in range(len(first.value))
    )


def at(curve: Sequence[int], place: int) -> int:
    """Work out where a polynomial is at a place, its coefficients from the lowest."""
    return reduce(lambda value, one: times(value, place) ^ one, reversed(curve), 0)


def weight(place: int, places: Sequence[int]) -> int:
    """Work out how much the value at a place weighs for the value at zero (Lagrange)."""
    others = [one for one in places if one != place]
    above = reduce(times, others, 1)
    below = reduce(times, (one ^ place for one in others), 1)
    return times(above, inverse(below))


def times(one: int, other: int) -> int:
    """Multiply in GF(256) by the polynomial of AES."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return product


def inverse(one: int) -> int:
    """Divide one by a number of GF(256): its 254th power."""
    return reduce(times, [one] * 254, 1)
