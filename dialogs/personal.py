"""A notice with fields, such as {{姓名}}, filled in for one person at a time.

Only fields and conditions are taken: a text that could compute is refused, as is an unknown field.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dialogs.errors import Refused
from dialogs.messages import plain_words
from dialogs.speech import Listing
from dialogs.vocabulary import Field, Language

TEMPLATES = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
TAKEN = (  # the parts a text may have
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


@lru_cache(maxsize=16)
def template(text: str) -> Template:
    """Read a text in once for all its readers."""
    return TEMPLATES.from_string(text)


@cache
def names() -> Mapping[str, Field]:
    """Find a field by what it is called in any language, or by its own name."""
    called = {plain_words(field, language): field for language in Language for field in Field}
    return {**called, **{field.value: field for field in Field}}


def check(text: str) -> None:
    """Raise Refused for a text that cannot be filled, saying what is wrong with it."""
    try:
        parsed = TEMPLATES.parse(text)
    except TemplateSyntaxError as error:
        raise Refused("template_broken", line=error.lineno) from None
    for node in [parsed, *parsed.find_all(nodes.Node)]:
        if not isinstance(node, TAKEN):
            raise Refused("template_computes")
        if isinstance(node, nodes.Name) and node.name not in names():
            known = Listing(list(Field), inline=True)
            raise Refused("template_field", field=node.name, known=known)


def left_empty(text: str, fields: Mapping[Field, str]) -> Sequence[Field]:
    """List the fields a text without conditions shows and somebody has none of."""
    parsed = TEMPLATES.parse(text)
    if any(parsed.find_all(nodes.If)):
        return ()
    shown = {names()[name.name] for name in parsed.find_all(nodes.Name)}
    return [field for field in Field if field in shown and not fields.get(field)]


def filled(text: str, fields: Mapping[Field, str]) -> str:
    """Fill a text that was checked; what somebody has none of is left empty."""
    values = {name: fields.get(field, "") for name, field in names().items()}
    return template(text).render(values)
