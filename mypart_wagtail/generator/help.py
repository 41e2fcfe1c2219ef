"""Help with filling in a form, shown beside the statutory wording, never in its place.

A template ships texts of its own in a folder with one file a language (``pl.toml``, ``en.toml``)::

    ["title"]
    plain = "Give the task a short name."
    easy = "Write what your task is called."

    ["admin_costs/unit"]
    same_as = "costs/unit"

The key is a field's, a table's, or ``table/column``. What a city writes in the admin (``FieldHelp``) is shown
instead, part by part. A language without a file has the help that a city writes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mypart_wagtail.generator.models import FieldHelp
from mypart_wagtail.generator.structure import FormTemplate


@dataclass(frozen=True)
class Help:
    """Help with one field: plain text, easy-to-read text, the address of a film in sign language."""

    plain: str = ""
    easy: str = ""
    film: str = ""

    def __bool__(self) -> bool:
        return bool(self.plain or self.easy or self.film)


NO_HELP = Help()
HelpTexts = Mapping[str, Help]
"""Help by the key of a field, of a table, or of a column (``"costs/unit_cost"``)."""


def help_texts(template: FormTemplate, *, site_id: int | None, language: str) -> HelpTexts:
    """Help with ``template`` on a site: what is shipped, and over it what the city has written. One query."""
    language = language.split("-")[0]
    texts = dict(shipped_help(template.help_folder, language)) if template.help_folder else {}
    for own in FieldHelp.objects.filter(site=site_id, template_id=template.id, language=language):
        parts = {"plain": own.plain, "easy": own.easy, "film": own.film}
        written = {part: text for part, text in parts.items() if text}
        texts[own.field_key] = replace(texts.get(own.field_key, NO_HELP), **written)
    return texts


@cache
def shipped_help(folder: Path, language: str) -> HelpTexts:
    """The texts a template ships in ``language``, read once."""
    file = folder / f"{language}.toml"
    if not file.is_file():
        return {}
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType(
        {key: Help(**entries[entry.get("same_as", key)]) for key, entry in entries.items()}
    )


def help_keys(template: FormTemplate) -> dict[str, str]:
    """Everything of ``template`` that can have help: key and name."""
    keys = {key: str(field.name) for key, field in template.fields.items()}
    for table in template.tables.values():
        keys[table.key] = str(table.name)
        keys |= {f"{table.key}/{column.key}": f"{table.name}: {column.name}" for column in table.columns}
    return keys
