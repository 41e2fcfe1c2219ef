"""Verifying a checksum: anyone who holds a document may ask whether it was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.forms import ChecksumForm
from mypart_wagtail.generator.kinds import public_name
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.ratelimit import too_many_requests, within_rate


@dataclass(frozen=True)
class Finding:
    """What anyone may know about a submitted version of a document."""

    name: Words
    sha256: str
    submitted_at: datetime
    replaced_at: datetime | None
    withdrawn_at: datetime | None
    erased_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        return not (self.replaced_at or self.withdrawn_at)


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """A form for a checksum and, once one is given, what was submitted under it. Nothing private."""
    form = ChecksumForm(request.GET if "checksum" in request.GET else None)
    if form.is_bound and not within_rate(request, "verification", rate=mypart_settings.VERIFICATION_RATE):
        return too_many_requests(request)
    asked = form.is_bound and form.is_valid()
    findings = _findings(form.cleaned_data["checksum"]) if asked else []
    return render(
        request, "mypart_generator/verify.html", {"form": form, "asked": asked, "findings": findings}
    )


def _findings(checksum: str) -> list[Finding]:
    found = Snapshot.objects.with_checksum(checksum).with_document()
    return [_finding(snapshot) for snapshot in found]


def _finding(snapshot: Snapshot) -> Finding:
    document = snapshot.document
    following = document.snapshots.filter(number=snapshot.number + 1).first()
    withdrawn = None
    if document.status == FormDocument.Status.WITHDRAWN:
        withdrawn = Event.objects.filter(stream=document.uuid, name="withdrawn").last()
    return Finding(
        name=public_name(document),
        sha256=snapshot.sha256,
        submitted_at=snapshot.submitted_at,
        replaced_at=following.submitted_at if following else None,
        withdrawn_at=withdrawn.at if withdrawn else None,
        erased_at=snapshot.erased_at,
    )
