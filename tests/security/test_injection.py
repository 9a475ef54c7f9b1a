"""Whatever people write stands in every sentence of ours as they wrote it, and is never obeyed."""

import re
from html.parser import HTMLParser

import pytest

from dialogs.messages import catalogue, plain_words, render
from dialogs.speech import Phrase, Reply
from dialogs.vocabulary import Language
from tests.house.places import modules

INJECTED = (
    '<b>粗</b><a href="tg://user?id=1">點</a></blockquote>&lt;&amp; {{7*7}} {% for x in y %} '
    "{0.__class__} {text} %(name)s ${HOME} `code` $(id)"
)
PLACES = [
    (language, key)
    for language in Language
    for key, pieces in catalogue(language).items()
    if any(name for _, name in pieces)
]


class Reader(HTMLParser):
    """Reads HTML as a channel does: what is shown, and which tags there are."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.tags = "", []  # type: str, list[str]

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def filled(key: str, language: Language, value: str) -> Phrase:
    return Phrase(key, {name: value for _, name in catalogue(language)[key] if name})


@pytest.mark.parametrize("language", Language)
def test_in_every_place_of_every_sentence(language: Language) -> None:
    for spoken, key in PLACES:
        if spoken is not language:
            continue
        written = read(render(Reply([filled(key, language, INJECTED)]), language).text)
        harmless = read(render(Reply([filled(key, language, "無害")]), language).text)
        assert INJECTED in written.shown, key
        assert written.tags == harmless.tags, key
        assert INJECTED in plain_words(filled(key, language, INJECTED), language), key


def test_one_module_alone_writes_workbooks_and_its_cells_are_never_formulas() -> None:
    writing = re.compile(r"openpyxl\.Workbook\(|xlsxwriter|\.save\([^)]*\.xlsx")
    found = {path.name for path in modules() if writing.search(path.read_text(encoding="utf-8"))}
    assert found == {"workbook.py"}
