"""Which letters paper can carry: what XML 1.0 forbids is replaced before it is written."""

import re

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")  # Word's soft line end is \v
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
UNPRINTABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Keep what paper can carry: line ends become one kind, controls go, half letters show as �."""
    text = LINE_ENDS.sub("\n", text)
    return UNPRINTABLE.sub("\ufffd", CONTROLS.sub("", text))
