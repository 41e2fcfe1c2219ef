"""Awarded grants read from a CSV file, such as the results of a year."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from mypart_wagtail.grants.fields import clean_amount
from mypart_wagtail.grants.models import Award
from mypart_wagtail.organisations.identifiers import clean_krs, clean_nip
from mypart_wagtail.organisations.models import Organisation, RegisterKind
from mypart_wagtail.text import clean_text, number

NEEDED = {"title", "year", "amount", "source_url"}
KNOWN = NEEDED | {"nip", "krs", "register_number", "awarded_on"}

Row = dict[str, str]


class FaultyFile(Exception):
    """``faults`` say in words what is wrong with the file, and in which line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(*faults)
        self.faults = faults


@transaction.atomic
def import_awards(text: str, *, site: Site) -> Counter[str]:
    """Keep the awards of ``text``, a CSV file with a header; gives how many are new, changed, unchanged.

    An award is known by its organisation, title and year; what else the file says of it replaces what was
    kept. Raises ``FaultyFile`` with every fault, and nothing is kept then.
    """
    # Two who import at once take turns.
    Site.objects.select_for_update().get(pk=site.pk)
    done: Counter[str] = Counter()
    faults: list[str] = []
    lines: dict[tuple[Any, ...], int] = {}
    for line, row in _rows(clean_text(text)):
        try:
            award = _award(row, site)
            first = lines.setdefault((award.organisation_id, award.title, award.year), line)
            if first != line:
                raise ValidationError(_("The same award stands in line %(line)d."), params={"line": first})
            done[_keep(award)] += 1
        except ValidationError as error:
            faults += [_fault(line, words) for words in _words(error)]
    if faults:
        raise FaultyFile(faults)
    return done


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its line; spreadsheets of Poland put semicolons between cells."""
    header = text.partition("\n")[0]
    delimiter = ";" if ";" in header else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, restkey="", restval="")
    reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
    columns = set(reader.fieldnames)
    if not NEEDED <= columns <= KNOWN:
        wrong = ", ".join(sorted((NEEDED - columns) | (columns - KNOWN)))
        raise FaultyFile([_fault(1, _("Missing or unknown columns: %(columns)s.") % {"columns": wrong})])
    for row in reader:
        yield reader.line_num, row


def _award(row: Row, site: Site) -> Award:
    """The award that ``row`` tells of, cleaned but not saved: a new one, or the one that is kept."""
    if "" in row:
        raise ValidationError(_("More cells than columns. Put quotes around what has a comma in it."))
    known = {
        "site": site,
        "organisation": _organisation(row),
        "title": " ".join(row["title"].split()),
        "year": number(row["year"].strip()),
    }
    kept = Award.objects.filter(**known)
    if len(kept) > 1:
        raise ValidationError(_("This organisation has several awards with this title and year."))
    award = kept[0] if kept else Award(**known)
    award.amount = clean_amount(row["amount"])
    award.source_url = row["source_url"].strip()
    award.awarded_on = row.get("awarded_on", "").strip() or None
    award.full_clean()
    return award


def _organisation(row: Row) -> Organisation:
    """The card with all the numbers that ``row`` gives."""
    numbers = _numbers({name: row.get(name, "").strip() for name in ("nip", "krs", "register_number")})
    if not numbers:
        raise ValidationError(_("Give a NIP, a KRS or a number in the register."))
    found = list(Organisation.objects.filter(**numbers)[:2])
    if not found:
        raise ValidationError(_("No card has these numbers."))
    if len(found) > 1:
        raise ValidationError(_("Several cards have these numbers: enter this award in the admin."))
    return found[0]


def _numbers(given: Row) -> dict[str, str]:
    """What is ``given`` as cards keep it."""
    numbers = {"register_number": given["register_number"]} if given["register_number"] else {}
    if given["nip"]:
        numbers["nip"] = clean_nip(given["nip"])
    if given["krs"] and given["register_number"]:
        raise ValidationError(_("Give either a KRS or a number in another register."))
    if given["krs"]:
        numbers |= {"register_kind": RegisterKind.KRS, "register_number": clean_krs(given["krs"])}
    return numbers


def _keep(award: Award) -> str:
    """Save what is not kept already; gives which it was."""
    told = {name: getattr(award, name) for name in ("amount", "source_url", "awarded_on")}
    if Award.objects.filter(pk=award.pk, **told).exists():
        return "unchanged"
    is_new = award.pk is None
    award.save()
    log(award, "wagtail.create" if is_new else "wagtail.edit")
    return "new" if is_new else "changed"


def _words(error: ValidationError) -> list[str]:
    """What is wrong, with the column where it is known."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{name}: {words}" for name, messages in error.message_dict.items() for words in messages]


def _fault(line: int, words: str) -> str:
    return _("Line %(line)d: %(words)s") % {"line": line, "words": words}
