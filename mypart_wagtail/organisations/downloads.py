"""The directory as data: JSON and CSV of what the public may see anyway."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from wagtail.models import Site

from mypart_wagtail.organisations.areas import area_name
from mypart_wagtail.organisations.directory import Asked, with_addresses
from mypart_wagtail.programs import for_programs
from mypart_wagtail.viewsets import as_plain_text

COLUMNS = (
    "name", "legal_form", "register", "register_number", "nip", "public_benefit", "city", "areas",
    "website", "page",
)  # fmt: skip


def public_facts(entry: Any, request: HttpRequest) -> dict[str, Any]:
    """What an entry tells, with the names of ``COLUMNS``; ``areas`` as points and names of art. 4."""
    card = entry.organisation
    is_profile = entry.address and entry.address != card.website
    return {
        "name": str(card),
        "legal_form": card.legal_form,
        "register": card.register_kind,
        "register_number": card.register_number,
        "nip": card.nip,
        "public_benefit": card.is_opp,
        "city": card.city,
        "areas": [{"point": point, "name": area_name(point)} for point in card.areas],
        "website": card.website,
        "page": request.build_absolute_uri(entry.address) if is_profile else "",
    }


def as_json(request: HttpRequest, *, site: Site) -> HttpResponse:
    found = list(_facts(request, site))
    answer = JsonResponse(
        {"count": len(found), "organisations": found}, json_dumps_params={"ensure_ascii": False}
    )
    return _as_file(answer, "json")


def as_csv(request: HttpRequest, *, site: Site) -> HttpResponse:
    """With a byte order mark, without which spreadsheets misread Polish letters."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for facts in _facts(request, site):
        flat = facts | {
            "areas": "; ".join(area["name"] for area in facts["areas"]),
            "public_benefit": "1" if facts["public_benefit"] else "0",
        }
        writer.writerow([as_plain_text(flat[name]) for name in COLUMNS])
    return _as_file(HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8"), "csv")


def _facts(request: HttpRequest, site: Site) -> Iterator[dict[str, Any]]:
    entries = with_addresses(list(Asked(request.GET).entries(site)), site, request)
    return (public_facts(entry, request) for entry in entries)


def _as_file(answer: HttpResponse, extension: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="organisations.{extension}"'
    return answer


DOWNLOADS = {"json": for_programs(as_json), "csv": for_programs(as_csv)}
