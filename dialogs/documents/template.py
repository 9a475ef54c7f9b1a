"""Fill a Word template: whatever a person wrote is printed as it was written, never obeyed."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from dialogs.documents.binding import bind
from dialogs.documents.lettering import printable


def fill(name: str, values: Mapping[str, object]) -> bytes:
    """Fill the template of a name with values; line ends within a value are kept."""
    document = DocxTemplate(BytesIO(read_template(name)))
    document.render(dict(values), environment())
    filled = BytesIO()
    document.save(filled)
    return bind(filled.getvalue())


@cache
def read_template(name: str) -> bytes:
    """Read a template that ships with the program."""
    return files(__package__).joinpath("templates", f"{name}.docx").read_bytes()


@cache
def environment() -> Environment:
    """Prepare the filling: every value printed goes through `literal`; none may be missing."""
    return Environment(autoescape=True, undefined=StrictUndefined, finalize=literal)


def literal(value: object) -> object:
    """Escape a value for the page, signs that the template engine reads as its own included."""
    if isinstance(value, str) and not isinstance(value, Markup):
        escaped = str(escape(printable(value)))
        for sign in "{}%_":
            escaped = escaped.replace(sign, f"&#{ord(sign)};")
        return Markup(escaped)  # noqa: S704 - it has just been escaped
    return value
