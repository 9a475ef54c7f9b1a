"""The grammar of expressions: elementpath's XPath 1.0 with the functions of XLSForm."""

import re

from elementpath import XPath1Parser
from elementpath.tdop import Parser
from elementpath.xpath_tokens import XPathToken

from dialogs.xlsform.faults import What
from dialogs.xlsform.functions import FUNCTIONS

LONGEST = 2000  # signs of an expression
PIECES = re.compile(r'"[^"]*"|\'[^\']*\'|\$\{\s*([^}]*?)\s*\}|jr:choice-name')
CALLS = re.compile(r"(?<![\w.$-])([^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)\s*\(")
NO_CALLS = frozenset({"and", "or", "div", "mod", "if"})
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


class Wrong(Exception):  # noqa: N818 - it is said of an expression
    """An expression cannot be used; `what` names the fault, `values` fill its sentence."""

    def __init__(self, what: What, **values: str) -> None:
        super().__init__(what)
        self.what = what
        self.values = values


class Grammar(XPath1Parser):
    """XPath 1.0 with the functions of XLSForm in place of its own; it parses and no more."""

    tokenizer = None
    PATH_STEP_SYMBOLS = XPath1Parser.PATH_STEP_SYMBOLS | {
        "current",
        "instance",
    }  # a path may start with it

    def parse(self, source: str) -> XPathToken:
        """Parse without trying what the expression gives, as elementpath else would."""
        return Parser.parse(self, source)


for _name in (*FUNCTIONS, "if"):
    Grammar.symbol_table.pop(_name, None)
    Grammar.function(_name, nargs=(0, None))
Grammar.tokenizer = Grammar.create_tokenizer(Grammar.symbol_table)


def parse(source: str) -> XPathToken:
    """Parse an expression as it stands in a sheet.

    Raises Wrong when it is too long or calls what is not there, else as elementpath does.
    """
    if len(source) > LONGEST:
        raise Wrong(What.LONG_EXPRESSION, most=str(LONGEST))
    return Grammar().parse(translated(source))


def translated(source: str) -> str:
    """Write ${name} the XPath way, and straighten quotes that a word processor curled."""
    if not {"'", '"'} & {*source}:
        source = source.translate(STRAIGHT)
    for call in CALLS.findall(PIECES.sub(unsaid, source)):
        if call not in FUNCTIONS and call not in NO_CALLS:
            raise Wrong(What.FUNCTION, function=call)
    return PIECES.sub(piece, source)


def unsaid(found: re.Match[str]) -> str:
    """Leave out what stands in quotes, where nothing is called."""
    return "''" if found[0][0] in "\"'" else piece(found)


def piece(found: re.Match[str]) -> str:
    """Write one piece of an expression the XPath way."""
    if found[1] is not None:
        return f"${found[1]} "
    return found[0].removeprefix("jr:")
