"""Pages of calls and offers: what each person sees and may do."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, CallIndexPage, CallPage
from mypart_wagtail.grants.services.applications import start_application, submit_application
from tests.grants.calls import call_page, index, once_settled, open_call, published
from tests.grants.offers import sample_data
from tests.people import member, organisation, person


@pytest.fixture
def club(db):
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.fixture
def call(db):
    return open_call()


@pytest.fixture
def draft(signer, call, club):
    application = start_application(signer, call=call, organisation=club, at=timezone.now())
    application.document.data = sample_data()
    application.document.save()
    return application


@pytest.fixture
def submitted(signer, draft):
    fresh = Application.objects.with_parts().get(pk=draft.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    with_pdf = submit_application(signer, application=draft, at=timezone.now(), seen=seen)
    assert with_pdf
    return Application.objects.with_parts().get(pk=draft.pk)


def url(name: str, *arguments) -> str:
    return reverse(f"mypart_grants:{name}", args=arguments)


def page_of(call) -> str:
    return CallPage.objects.get(translation_key=call.translation_key).get_url()


def text(response) -> str:
    return response.content.decode()


def test_an_offer_is_begun_from_the_page_of_a_call(client, signer, call, club):
    client.force_login(signer)
    page = client.get(url("start", call.uuid))
    assert club.name in text(page)
    response = client.post(url("start", call.uuid), {"organisation": club.uuid})
    application = Application.objects.get()
    assert response["Location"] == reverse("mypart_generator:tasks", args=[application.document.uuid])
    tasks = text(client.get(response["Location"]))
    assert "This offer is not submitted." in tasks
    for part in ("I", "II", "III", "IV", "V", "VI", "VII"):
        assert f"{part}. " in tasks or part == "I"


@pytest.mark.parametrize("chosen", ["", "no uuid", "00000000-0000-0000-0000-000000000000"])
def test_a_tampered_choice_of_organisation_is_told(client, signer, call, chosen):
    client.force_login(signer)
    response = client.post(url("start", call.uuid), {"organisation": chosen})
    assert response.status_code == 422
    assert "Choose an organisation." in text(response)


def test_nobody_begins_an_offer_of_a_strangers_organisation(client, stranger, call, club):
    client.force_login(stranger)
    assert client.post(url("start", call.uuid), {"organisation": club.uuid}).status_code == 422
    assert not Application.objects.exists()


def test_an_offer_is_submitted_from_its_page(client, signer, draft):
    client.force_login(signer)
    page = client.get(url("submit", draft.uuid))
    assert "nie zalega(-ją)" in text(page)
    response = client.post(url("submit", draft.uuid), {"seen": page.context["seen"]})
    assert response["Location"] == url("receipt", draft.uuid)
    receipt = text(client.get(response["Location"]))
    snapshot = Snapshot.objects.get()
    assert snapshot.checksum in receipt
    assert snapshot.sha256 in receipt
    assert client.get(url("submit", draft.uuid))["Location"] == url("receipt", draft.uuid)
    assert client.post(url("submit", draft.uuid), {"seen": "x"})["Location"] == url("receipt", draft.uuid)


def test_what_is_missing_is_a_linked_list_and_the_button_is_always_there(client, signer, draft):
    draft.document.data["title"] = ""
    draft.document.save()
    client.force_login(signer)
    response = client.post(url("submit", draft.uuid), {"seen": "x"})
    page = text(client.get(url("submit", draft.uuid)))
    assert response.status_code == 422
    assert "description/?check=1#field-title" in page
    assert ">Submit the offer</button>" in page


def test_the_rehearsal_says_that_one_can_submit(client, signer, draft):
    client.force_login(signer)
    assert "You can submit" in text(client.post(url("rehearse", draft.uuid)))
    assert not Snapshot.objects.exists()


def test_the_button_after_a_rehearsal_submits_and_does_not_rehearse_again(client, signer, draft):
    client.force_login(signer)
    page = client.post(url("rehearse", draft.uuid))
    form = re.search(
        r'<form method="post" action="([^"]+)"[^>]*>(?:(?!</form>).)*Submit the offer', text(page), re.S
    )
    response = client.post(form.group(1), {"seen": page.context["seen"]})
    assert response["Location"] == url("receipt", draft.uuid)
    assert Snapshot.objects.exists()


def test_an_editor_sends_the_signer_a_link(client, club, signer, draft, django_capture_on_commit_callbacks):
    editor = member(club, "editor")
    client.force_login(editor)
    page = text(client.get(url("submit", draft.uuid)))
    assert "only a signer" in page
    assert client.post(url("submit", draft.uuid), {"seen": "x"}).status_code == 422
    client.post(url("ask_signer", draft.uuid), {"signer": signer.pk})
    from mypart_wagtail.models import OutgoingMail

    mail = OutgoingMail.objects.get(to="signer@example.org")
    assert url("submit", draft.uuid) in mail.body


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("submit", "get"),
        ("submit", "post"),
        ("rehearse", "post"),
        ("receipt", "get"),
        ("correct", "post"),
        ("abandon_correction", "post"),
        ("withdraw", "get"),
        ("withdraw", "post"),
        ("offer", "get"),
        ("offer_pdf", "get"),
        ("draft_pdf", "get"),
        ("ask_signer", "post"),
        ("confirm", "post"),
    ],
)
def test_a_stranger_gets_404_everywhere(client, stranger, submitted, name, method):
    client.force_login(stranger)
    assert getattr(client, method)(url(name, submitted.uuid)).status_code == 404
    client.logout()
    response = getattr(client, method)(url(name, submitted.uuid))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_an_offer_is_corrected_and_withdrawn_from_its_receipt(client, signer, submitted):
    client.force_login(signer)
    response = client.post(url("correct", submitted.uuid))
    tasks = text(client.get(response["Location"]))
    assert "This correction is not submitted. The version submitted on" in tasks
    client.post(url("abandon_correction", submitted.uuid))
    assert "cannot be undone" in text(client.get(url("withdraw", submitted.uuid)))
    client.post(url("withdraw", submitted.uuid))
    assert "The offer is withdrawn" in text(client.get(url("receipt", submitted.uuid)))
    assert client.post(url("withdraw", submitted.uuid))["Location"] == url("receipt", submitted.uuid)


def test_the_offer_is_read_as_a_page_and_as_a_draft_pdf(client, signer, submitted):
    client.force_login(signer)
    page = text(client.get(url("offer", submitted.uuid)))
    for words in (
        "Klub Żeglarski Szkwał",
        "I.1.1.",
        "(Wybrano: oferent; nie zalega(-ją))",
        "1 900,00".replace(" ", "\u00a0"),
    ):
        assert words in page
    client.post(url("correct", submitted.uuid))
    pdf = client.get(url("draft_pdf", submitted.uuid))
    assert pdf.content.startswith(b"%PDF")


def test_my_offers_show_mine_and_no_others(client, signer, stranger, draft):
    client.force_login(signer)
    assert "Draft, not submitted" in text(client.get(url("applications")))
    client.force_login(stranger)
    nothing = client.get(url("applications"))
    assert "You have no offers yet" in text(nothing)
    assert f'href="{CallIndexPage.objects.get().get_url()}">Choose a call</a>' in nothing.content.decode()


def test_the_fragment_of_my_offers_is_never_cached_and_empty_for_visitors(client, signer, draft):
    assert client.get(url("mine")).status_code == 204
    client.force_login(signer)
    response = client.get(url("mine"))
    assert "no-store" in response["Cache-Control"]
    assert str(draft.document.uuid) in text(response)


@pytest.mark.parametrize("count", [1, 15])
def test_lists_ask_the_database_as_often_for_many_offers_as_for_one(
    client, signer, call, club, count, django_assert_max_num_queries
):
    for _ in range(count):
        begun = start_application(signer, call=call, organisation=club, at=timezone.now())
        begun.document.data = {"title": "Rejs"}
        begun.document.save()
    client.force_login(signer)
    client.get(url("applications"))
    with django_assert_max_num_queries(7):
        client.get(url("applications"))


def test_the_page_of_a_call_says_what_matters(client, call):
    page = text(client.get(page_of(call)))
    for words in ("Offers until", "100,000.00", "Prezydent Miasta Mysłowice", "Fill in an offer"):
        assert words in page


def test_after_the_deadline_the_page_lists_every_offer_with_its_checksum(client, signer, submitted):
    call = submitted.call
    call.intake_until = timezone.now()
    call.save()
    with once_settled(call):
        page = text(client.get(page_of(call)))
    assert submitted.number in page
    assert call.closing_head()
    assert f"/verify/?checksum={submitted.snapshot.checksum}" in page
    assert call.closing_head() in page
    assert "Fill in an offer" not in page
    asked = page.split('class="mypart-bar__text"')[1].split("</p>")[0].replace("\u00a0", " ")
    assert "PLN 1,520.00" in asked
    assert "PLN 100,000.00" in asked


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_of_calls_asks_the_database_as_often_for_many_as_for_one(
    client, db, count, django_assert_max_num_queries
):
    for number in range(count):
        published(call_page(title=f"Konkurs {number}"))
    address = "/en/konkursy/"
    assert index()
    client.get(address)
    with django_assert_max_num_queries(16):
        page = text(client.get(address))
    assert page.count('class="mypart-card"') == count


def test_editors_of_other_things_cannot_read_offers(client, submitted):
    from django.contrib.auth.models import Permission

    editor = person("webeditor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    for name in ("inspect", "pdf"):
        address = reverse(f"mypart_admin_applications:{name}", args=[submitted.pk])
        # Without a page at this address the sandbox tries the one with a language before it says 404.
        assert client.get(address, follow=True).status_code == 404
