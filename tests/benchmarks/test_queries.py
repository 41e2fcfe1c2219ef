"""Lists ask the database as often for a thousand rows as for one."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.organisations.models import Membership, Organisation
from tests.benchmarks.measure import Visitor
from tests.grants.calls import index, open_call
from tests.people import member, organisation

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY = 1000


def add_calls(number: int) -> None:
    """Copies of the one call there is, each with a live page of its own."""
    call, version = Call.objects.get(), CallVersion.objects.get()
    parent, page = index(), CallPage.objects.get()
    for position in range(number):
        key = uuid.uuid4()
        copy = CallPage(
            **{f.name: getattr(page, f.name) for f in CallPage._meta.local_fields if f.name != "page_ptr"}
        )
        copy.title, copy.slug, copy.translation_key = page.title, f"copy-{position}", key
        parent.add_child(instance=copy)
        _add_record(call, version, key, code=f"COPY/{position}")


def _add_record(call: Call, version: CallVersion, key: uuid.UUID, *, code: str) -> None:
    record = Call.objects.get(pk=call.pk)
    record.pk, record.uuid, record.translation_key, record.code = None, uuid.uuid4(), key, code
    record.current_version = None
    record.save()
    copied = CallVersion.objects.create(
        call=record, number=1, facts=version.facts, published_at=version.published_at
    )
    Call.objects.filter(pk=record.pk).update(current_version=copied)


def add_applications(call: Call, user: object, first: int, number: int) -> None:
    """Submitted offers, each of an organisation of its own to which ``user`` belongs."""
    for sequence in range(first, first + number):
        card = Organisation.objects.create(
            name=f"Klub {sequence}", legal_form="association", city="Mysłowice", postal_code="41-400"
        )
        Membership.objects.create(organisation=card, user=user)
        document = FormDocument.objects.create(
            kind="application",
            template_id="pl.offer.2018-2057",
            template_revision=1,
            status=FormDocument.Status.SUBMITTED,
        )
        Application.objects.create(
            call=call,
            organisation=card,
            document=document,
            sequence=sequence,
            number=f"{call.code}/{sequence}",
            title="Obóz",
            submitted_at=timezone.now(),
        )


def queries(visitor: Visitor, path: str) -> int:
    visitor.get(path)
    with CaptureQueriesContext(connection) as found:
        visitor.get(path)
    return len(found)


def test_lists_of_calls(table):
    open_call()
    index().save_revision().publish()
    visitor = Visitor()
    lists = {
        "list of calls": index().get_url(),
        "feed of calls": reverse("mypart_grants:feed"),
        "calendar of calls": reverse("mypart_grants:calendar"),
    }
    one = {name: queries(visitor, path) for name, path in lists.items()}
    add_calls(MANY - 1)
    for name, path in lists.items():
        table.counts(f"queries, {name}, {MANY} : 1", queries(visitor, path), one[name])


def test_lists_of_offers_and_organisations(table):
    call = open_call()
    applicant = member(organisation(), "signer", is_signer=True)
    staff = get_user_model().objects.create_superuser("staff", "staff@example.org", "secret")
    lists = {
        "my offers": (Visitor(applicant), reverse("mypart_grants:applications")),
        "my offers in the block": (Visitor(applicant), reverse("mypart_grants:mine")),
        "my organisations": (Visitor(applicant), reverse("mypart_organisations:mine")),
        "offers, admin": (Visitor(staff), reverse("mypart_admin_applications:index")),
        "organisations, admin": (Visitor(staff), reverse("mypart_admin_organisations:index")),
        "members, admin": (Visitor(staff), reverse("mypart_admin_memberships:index")),
    }
    add_applications(call, applicant, 1, 1)
    one = {name: queries(*where) for name, where in lists.items()}
    add_applications(call, applicant, 2, MANY - 1)
    for name, where in lists.items():
        table.counts(f"queries, {name}, {MANY} : 1", queries(*where), one[name])
