"""The questionnaires that come with Qingfeng, kept as Markdown tables in the catalogue."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from dialogs.xlsform.form import Form
from dialogs.xlsform.reading import read_markdown


@cache
def questionnaires() -> Mapping[str, Form]:
    """Read the questionnaires of the catalogue, by form id.

    Raises FormFaults if one is faulty.
    """
    folder = resources.files("dialogs") / "catalogue" / "questionnaires"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    forms = [
        read_markdown(file.read_text(encoding="utf-8"), file.name.removesuffix(".md"))
        for file in files
        if file.name.endswith(".md")
    ]
    return MappingProxyType({form.id: form for form in forms})
