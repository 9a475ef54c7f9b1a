"""Texts as their author marked them up for a form on a screen, as plain words for a chat.

What the standard lets stand in a text is taken off: stress, headings, links, a few tags; a link
keeps its address. Whatever is no mark of these stays, and so does the name of an answer.
"""

import re

KEPT = r"\$\{[^}]*\}"  # an answer to be filled in, whose name may hold underscores
STRESSED = (  # within a word or a sum nothing is stressed; Chinese knows no blanks between words
    r"(?<![A-Za-z0-9])(?P<mark>\*\*|__|\*|_)(?=[^\s*_])"
    r"(?P<said>[^\n]*?[^\s*_\n][*_]?)(?P=mark)(?![A-Za-z0-9*_])"
)
LINK = r"\[(?P<title>[^\]\n]+)\]\((?P<address>[^)\s]+)\)"
ESCAPED = r"\\(?P<sign>[\\`*_{}\[\]()#+.!-])"
MARK = re.compile("|".join((KEPT, ESCAPED, LINK, STRESSED)))
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
LINE_END = re.compile(r"<br\s*/?>|</p>\s*(?=\S)", re.IGNORECASE)
TAG = re.compile(r"</?(?:span|font|strong|em|b|i|u|p|h[1-6])(?:\s[^<>]*)?>", re.IGNORECASE)


def plain(text: str) -> str:
    """Take the marks off a text."""
    bare = TAG.sub("", LINE_END.sub("\n", text))
    return MARK.sub(unmarked, HEADING.sub(r"\1", bare)).strip()


def unmarked(found: re.Match[str]) -> str:
    """Say what a mark encloses."""
    if found["sign"]:
        return found["sign"]
    if found["title"]:
        return f"{found['title']} ({found['address']})"
    return plain(found["said"]) if found["said"] else found[0]
