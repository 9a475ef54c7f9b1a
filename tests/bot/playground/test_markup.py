"""HTML as Telegram reads it."""

import html
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import formatted, plain
from bot.playground.markup import parse_html, units
from bot.playground.wire import Refusal


def marks(source: str) -> list[tuple[str, int, int]]:
    return [(each["type"], each["offset"], each["length"]) for each in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("風 <x>清</x>", 'Unsupported start tag "x" at byte offset 4'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("<B>清", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>清</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("清</b>", "Unexpected end tag at byte offset 3"),
        ("<b>清</b", "Unclosed end tag at byte offset 6"),
        ("清<b", "Unclosed start tag at byte offset 3"),
        ("<span>清</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>清</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
    ],
)
def test_wrong_html_is_refused_with_its_place(source: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {said}"


def test_entities_are_counted_in_utf16_units() -> None:
    assert marks("🌬<b>清風</b>") == [("bold", 2, 2)]


def test_tags_nest_and_the_outer_comes_first() -> None:
    assert marks("<b>清<i>風</i></b>") == [("bold", 0, 2), ("italic", 1, 1)]
    assert marks("<b><i>風</i></b>") == [("bold", 0, 1), ("italic", 0, 1)]


def test_character_references_are_read_and_unknown_ones_left() -> None:
    assert parse_html("&lt;&amp;&#39;&nbsp;&gt;") == ("<&'&nbsp;>", [])


def test_attributes_say_where_a_link_leads_and_what_code_is() -> None:
    _, (link,) = parse_html('<a href="https://example.org/?a=1&amp;b=2">這裡</a>')
    assert link["url"] == "https://example.org/?a=1&b=2"
    _, (code,) = parse_html('<pre><code class="language-python">1</code></pre>')
    assert code == {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    _, (quote,) = parse_html("<blockquote expandable>引</blockquote>")
    assert quote["type"] == "expandable_blockquote"


@given(st.text(alphabet="清風🌬<>&;\"'/#ab -="))
def test_escaped_text_comes_back_whole(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text(alphabet="清🌬<>&;\"'/=b a"))
def test_anything_is_read_or_refused(source: str) -> None:
    with suppress(Refusal):
        text, entities = parse_html(source)
        assert all(each["offset"] + each["length"] <= units(text) for each in entities)


def test_text_is_trimmed_but_keeps_the_wide_space_of_a_paragraph() -> None:
    text = formatted("\n <b> 清</b>風 ", parse_mode="HTML", entities=None)
    assert text.text == "清風"
    assert text.entities == ({"type": "bold", "offset": 0, "length": 1},)
    assert plain("\u3000一、\n").text == "\u3000一、"


def test_commands_links_and_mentions_are_noticed() -> None:
    text = plain("/start@qingfeng_bot 看 https://example.org/a，問 @wang #清風")
    kinds = [each["type"] for each in text.entities]
    assert kinds == ["bot_command", "url", "mention", "hashtag"]
    url = text.entities[1]
    assert text.text[url["offset"] : url["offset"] + url["length"]] == "https://example.org/a"


def test_nothing_is_noticed_within_code() -> None:
    text = formatted("<code>/start</code> /help", parse_mode="HTML", entities=None)
    assert [each["type"] for each in text.entities] == ["code", "bot_command"]
