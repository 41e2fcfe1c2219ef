"""Organisations and their people: one card each, people who decide, and nobody locked out."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from lxml import html

from mypart_wagtail.kept_forms import sign_author
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import identifiers, services
from mypart_wagtail.organisations.areas import area_name, public_tasks
from mypart_wagtail.organisations.models import Authority, JoinStatus, Membership, Organisation
from mypart_wagtail.organisations.permissions import standing
from mypart_wagtail.organisations.views import cards
from tests.people import PASSWORD, member, organisation, person
from tests.sites import default_site


@pytest.fixture
def club(db):
    return organisation(nip="5260250274")


@pytest.fixture
def boss(club):
    return member(club, "boss", is_administrator=True)


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.mark.parametrize(
    ("clean", "typed", "kept"),
    [
        (identifiers.clean_nip, "526-025-02-74", "5260250274"),
        (identifiers.clean_nip, "PL 526 025 02 74", "5260250274"),
        (identifiers.clean_regon, "123 456 785", "123456785"),
        (identifiers.clean_krs, "123456", "0000123456"),
        (identifiers.clean_krs, "KRS 0000 123 456", "0000123456"),
        (identifiers.clean_postal_code, "41 400", "41-400"),
        (identifiers.clean_bank_account, "61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"),
    ],
)
def test_numbers_are_read_as_people_write_them(clean, typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("clean", "typed"),
    [
        (identifiers.clean_nip, "5260250275"),
        (identifiers.clean_nip, "526"),
        (identifiers.clean_nip, "abc"),
        (identifiers.clean_regon, "123456789"),
        (identifiers.clean_krs, "12345678901"),
        (identifiers.clean_krs, ""),
        (identifiers.clean_postal_code, "4140"),
        (identifiers.clean_bank_account, "61 1090 1014 0000 0712 1981 2875"),
        (identifiers.clean_bank_account, "DE89370400440532013000"),
    ],
)
def test_wrong_numbers_are_told_in_words(clean, typed):
    with pytest.raises(ValidationError) as error:
        clean(typed)
    assert error.value.messages[0].endswith((".", "400."))


def test_the_areas_are_the_statutory_list():
    assert len(public_tasks()) == 40
    assert area_name("17") == "wspieranie i upowszechnianie kultury fizycznej"
    assert area_name("99") == "99"


def test_whoever_asks_to_join_can_fill_in_and_sees_no_others(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    assert services.ask_to_join(stranger, organisation=club) == request
    where = standing(stranger, club)
    assert where.may_fill_in
    assert not where.is_member
    assert list(Organisation.objects.for_user(stranger)) == [club]
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["boss@example.org"]


def test_an_administrator_decides_and_the_person_is_told(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    with pytest.raises(PermissionDenied):
        services.decide_join_request(stranger, request=request, accept=True)
    services.decide_join_request(boss, request=request, accept=True, is_signer=True)
    assert standing(stranger, club).is_signer
    assert OutgoingMail.objects.filter(to="stranger@example.org").exists()


def test_a_refused_person_is_out(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=request, accept=False)
    request.refresh_from_db()
    assert request.status == JoinStatus.REFUSED
    assert not standing(stranger, club).may_fill_in


def test_the_last_administrator_stays(club, boss):
    membership = club.memberships.get(user=boss)
    with pytest.raises(ValidationError):
        services.remove_member(boss, membership=membership)
    with pytest.raises(ValidationError):
        services.change_roles(boss, membership=membership, is_signer=True, is_administrator=False)


def test_an_invitation_works_once(club, boss, stranger):
    invitation = services.invite(
        boss,
        organisation=club,
        email="stranger@example.org",
        is_signer=True,
        is_administrator=False,
        base_url="https://example.org",
    )
    assert "https://example.org" in OutgoingMail.objects.get().body
    services.accept_invitation(stranger, invitation=invitation)
    assert standing(stranger, club).is_signer
    with pytest.raises(ValidationError):
        services.accept_invitation(person("other"), invitation=invitation)


CARD = {
    "name": "Fundacja Nowa",
    "legal_form": "foundation",
    "register_kind": "krs",
    "register_number": "KRS 123 457",
    "nip": "",
    "street": "ul. Nowa 2",
    "postal_code": "41400",
    "city": "Mysłowice",
    "email": "nowa@example.org",
    "signatures_required": "1",
    "is_signer": "on",
    "people-TOTAL_FORMS": "1",
    "people-INITIAL_FORMS": "0",
    "people-0-name": "Ewa Nowa",
    "people-0-function": "prezeska",
}


def test_a_new_card_makes_its_author_administrator_and_signer(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"next": "/en/offers/"})
    assert response["Location"] == "/en/offers/"
    card = Organisation.objects.get()
    assert (card.register_number, card.postal_code) == ("0000123457", "41-400")
    assert card.representatives.get().name == "Ewa Nowa"
    where = standing(stranger, card)
    assert where.is_administrator
    assert where.is_signer


def test_nothing_typed_is_lost_when_the_card_has_errors(client, stranger):
    client.force_login(stranger)
    response = client.post(
        reverse("mypart_organisations:create"), CARD | {"nip": "123", "people-0-function": ""}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Fundacja Nowa"' in page
    assert 'value="123"' in page
    assert 'value="Ewa Nowa"' in page
    assert 'href="#id_nip"' in page
    assert 'href="#id_people-0-function"' in page


def test_adding_a_person_keeps_what_was_typed(client, stranger):
    client.force_login(stranger)
    page = client.post(reverse("mypart_organisations:create"), CARD | {"add_person": "1"}).content.decode()
    assert 'value="Ewa Nowa"' in page
    assert 'name="people-1-name"' in page
    assert not Organisation.objects.exists()


def test_a_nip_that_has_a_card_is_told_at_the_nip_and_leads_to_asking_to_join(client, club, boss, stranger):
    client.force_login(stranger)
    answer = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "526-025-02-74"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{club.name}” has a card with this NIP already" in page
    assert club.email not in page
    assert Organisation.objects.count() == 1
    assert reverse("mypart_organisations:join", args=[club.uuid]) in page
    client.post(reverse("mypart_organisations:join", args=[club.uuid]))
    assert standing(stranger, club).has_asked


def test_a_mistyped_nip_of_another_organisation_costs_nothing_that_was_typed(client, club, stranger):
    client.force_login(stranger)
    page = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "5260250274"}).content.decode()
    assert 'value="Fundacja Nowa"' in page
    assert 'value="5260250274"' in page
    assert 'value="Ewa Nowa"' in page
    assert 'href="#id_nip"' in page


def test_changing_a_card_to_the_nip_of_another_is_told_at_the_nip(client, club, stranger):
    other = organisation("Fundacja Nowa")
    administrator = member(other, "administrator", is_administrator=True)
    client.force_login(administrator)
    answer = client.post(
        reverse("mypart_organisations:change", args=[other.uuid]), CARD | {"nip": "5260250274"}
    )
    assert answer.status_code == 422
    assert 'id="id_nip_error"' in answer.content.decode()


def test_a_branch_shares_the_nip_of_its_parent(client, club, stranger):
    client.force_login(stranger)
    branch = CARD | {"nip": "5260250274", "branch": "Oddział w Mysłowicach"}
    assert client.post(reverse("mypart_organisations:create"), branch).status_code == 302


def typed_by(user) -> dict[str, str]:
    return {"typed_by": sign_author(user)}


def test_a_card_sent_after_the_session_ended_waits_until_one_has_signed_in_again(client, stranger):
    url = reverse("mypart_organisations:create")
    answer = client.post(url, CARD | typed_by(stranger))
    assert answer["Location"].startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": stranger.email, "password": PASSWORD})
    page = client.get(url).content.decode()
    assert "What you typed is here; it is not saved yet." in page
    assert 'value="Fundacja Nowa"' in page
    assert 'value="Ewa Nowa"' in page
    assert not Organisation.objects.exists()
    assert 'value="Fundacja Nowa"' not in client.get(url).content.decode()


def test_what_one_person_typed_is_never_given_to_another(client, stranger):
    url = reverse("mypart_organisations:create")
    client.post(url, CARD | typed_by(person("other")))
    client.post(url, CARD)
    client.post(reverse("account_login"), {"login": stranger.email, "password": PASSWORD})
    assert "Fundacja Nowa" not in client.get(url).content.decode()


def test_changes_of_a_card_sent_after_the_session_ended_are_kept_too(client, club, boss):
    url = reverse("mypart_organisations:change", args=[club.uuid])
    client.post(url, CARD | typed_by(boss))
    client.post(reverse("account_login"), {"login": boss.email, "password": PASSWORD})
    assert 'value="Fundacja Nowa"' in client.get(url).content.decode()


def test_a_kept_card_overwrites_nothing_another_has_written_meanwhile(client, club, boss):
    """What was seen when typing counts, not what stands there when one has signed in again."""
    url = reverse("mypart_organisations:change", args=[club.uuid])
    client.force_login(boss)
    seen = client.get(url).context["version"]
    client.logout()
    club.bank_account = "PL61109010140000071219812874"
    club.save()
    client.post(url, CARD | typed_by(boss) | {"version": seen})
    client.force_login(boss)
    kept = client.get(url)
    assert 'value="Fundacja Nowa"' in kept.content.decode()
    answer = client.post(url, CARD | {"version": kept.context["version"]})
    assert answer.status_code == 422
    assert "Somebody else has changed the card meanwhile" in answer.content.decode()
    club.refresh_from_db()
    assert club.bank_account == "PL61109010140000071219812874"


def test_the_form_of_a_card_tells_browsers_what_each_box_is_for(client, stranger):
    client.force_login(stranger)
    page = html.fromstring(client.get(reverse("mypart_organisations:create")).content)
    boxes = {box.name: box for box in page.xpath("//input[@name]")}
    known = {name: boxes[name].get("autocomplete") for name in ("name", "email", "phone", "postal_code")}
    assert known == {
        "name": "organization",
        "email": "email",
        "phone": "tel",
        "postal_code": "postal-code",
    }
    assert boxes["phone"].get("type") == "tel"
    assert boxes["nip"].get("inputmode") == "numeric"


def test_the_next_address_never_leads_to_another_site(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"next": "https://evil.example"})
    assert "evil" not in response["Location"]


@pytest.mark.parametrize("name", ["change", "members", "invite", "change_member"])
def test_a_stranger_gets_404_for_another_organisations_pages(client, club, stranger, name):
    client.force_login(stranger)
    url = reverse(f"mypart_organisations:{name}", args=[club.uuid])
    assert client.post(url).status_code in (404, 405)
    assert client.get(url).status_code in (404, 405)


def test_a_member_sees_the_people_but_cannot_change_them(client, club, boss):
    editor = member(club, "editor")
    client.force_login(editor)
    assert client.get(reverse("mypart_organisations:members", args=[club.uuid])).status_code == 200
    assert client.get(reverse("mypart_organisations:change", args=[club.uuid])).status_code == 404
    number = club.memberships.get(user=boss).pk
    url = reverse("mypart_organisations:change_member", args=[club.uuid])
    assert client.post(url, {"member": number, "remove": "1"}).status_code == 403
    assert standing(boss, club).is_administrator


def test_an_administrator_changes_the_card(client, club, boss):
    client.force_login(boss)
    url = reverse("mypart_organisations:change", args=[club.uuid])
    assert client.get(url).status_code == 200
    changed = CARD | {"nip": "5260250274", "name": "Nowa nazwa"}
    assert client.post(url, changed).status_code == 302
    club.refresh_from_db()
    assert club.name == "Nowa nazwa"
    assert club.signatures_required == 1
    assert club.representatives.get().name == "Ewa Nowa"


def test_an_administrator_manages_people(client, club, boss):
    editor = member(club, "editor")
    other = person("other")
    request = services.ask_to_join(other, organisation=club)
    client.force_login(boss)
    page = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "other@example.org" in page
    client.post(
        reverse("mypart_organisations:decide", args=[club.uuid, request.uuid]), {"decision": "accept"}
    )
    assert standing(other, club).is_member
    membership = club.memberships.get(user=editor)
    client.post(
        reverse("mypart_organisations:change_member", args=[club.uuid]),
        {"member": membership.pk, f"member-{membership.pk}-is_signer": "on"},
    )
    assert standing(editor, club).is_signer
    assert client.get(reverse("mypart_organisations:mine")).status_code == 200


def test_an_invitation_is_accepted_on_its_page(client, club, boss, stranger):
    client.force_login(boss)
    url = reverse("mypart_organisations:invite", args=[club.uuid])
    assert client.post(url, {"email": "no address"}).status_code == 422
    client.post(url, {"email": "stranger@example.org"})
    invitation = club.invitations.get()
    page = reverse("mypart_organisations:invitation", args=[invitation.uuid])
    client.force_login(stranger)
    assert club.name in client.get(page).content.decode()
    client.post(page)
    assert standing(stranger, club).is_member


def test_the_list_of_people_asks_the_database_as_often_for_many_as_for_few(
    client, club, boss, django_assert_max_num_queries
):
    for number in range(30):
        member(club, f"member{number}")
    client.force_login(boss)
    url = reverse("mypart_organisations:members", args=[club.uuid])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_numbers_no_database_keeps_break_nothing(client, boss, club, stranger):
    client.force_login(stranger)
    huge = "9" * 5000
    card = CARD | {"legal_text": ["9" * 20, huge]}
    assert client.post(reverse("mypart_organisations:create"), card).status_code == 302
    more = CARD | {"add_person": "1", "people-TOTAL_FORMS": huge}
    assert client.post(reverse("mypart_organisations:create"), more).status_code == 200
    client.force_login(boss)
    address = reverse("mypart_organisations:change_member", args=[club.uuid])
    assert client.post(address, {"member": huge}).status_code == 404


def test_a_card_made_by_another_between_check_and_write_is_told_at_its_nip(client, stranger, monkeypatch):
    client.force_login(stranger)
    original = cards._are_valid

    def valid_a_moment_ago(*forms) -> bool:
        is_valid = original(*forms)
        organisation("Szybsza", nip="5260250274")
        return is_valid

    monkeypatch.setattr(cards, "_are_valid", valid_a_moment_ago)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "526-025-02-74"})
    assert response.status_code == 422
    assert "nip" in response.context["form"].errors
    assert 'value="Ewa Nowa"' in response.content.decode()


def test_of_two_who_change_a_card_the_second_sees_what_the_first_wrote(client, club, boss):
    client.force_login(boss)
    address = reverse("mypart_organisations:change", args=[club.uuid])
    version = client.get(address).context["version"]
    club.phone = "32 555 00 99"
    club.save()
    card = CARD | {"phone": "", "version": version, "people-INITIAL_FORMS": "1"}
    response = client.post(address, card)
    assert response.status_code == 422
    assert "32 555 00 99" in response.content.decode()
    club.refresh_from_db()
    assert club.phone == "32 555 00 99"
    again = client.post(address, card | {"version": response.context["version"]})
    assert again.status_code == 302
    club.refresh_from_db()
    assert club.phone == ""


def test_more_people_than_there_are_cannot_have_to_sign(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"signatures_required": "2"})
    assert "signatures_required" in response.context["form"].errors


@pytest.mark.parametrize(
    ("name", "typed"),
    [("nip", "0000000000"), ("regon", "000000000"), ("register_number", "0"), ("phone", "abc")],
)
def test_numbers_that_are_nobodys_are_refused(client, stranger, name, typed):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {name: typed})
    assert name in response.context["form"].errors


def invite(actor, club, email: str):
    flags = {"is_signer": False, "is_administrator": True}
    return services.invite(actor, organisation=club, email=email, base_url="https://example.org", **flags)


def test_whoever_is_let_go_does_not_come_back_by_an_invitation_of_their_own(club, boss):
    other = member(club, "other", is_administrator=True)
    own = invite(other, club, "second@example.org")
    services.remove_member(boss, membership=club.memberships.get(user=other))
    with pytest.raises(ValidationError):
        services.accept_invitation(person("second"), invitation=own)


def switch_off(boss, other, club):
    other.is_active = False
    other.save()


def delete(boss, other, club):
    other.delete()


def take_the_role(boss, other, club):
    Membership.objects.filter(organisation=club, user=other).update(is_administrator=False)


@pytest.mark.parametrize("lose", [switch_off, delete, take_the_role])
def test_nobody_gives_what_they_no_longer_have(client, club, boss, lose):
    """However an administrator came to be none: what they invited others to is void."""
    invitation = invite(member(club, "other", is_administrator=True), club, "second@example.org")
    second = person("second")
    client.force_login(second)
    page = reverse("mypart_organisations:invitation", args=[invitation.uuid])
    assert club.name in client.get(page).content.decode()
    lose(boss, invitation.invited_by, club)
    assert "no longer valid" in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="no longer valid"):
        services.accept_invitation(second, invitation=invitation)
    assert not standing(second, club).is_member


def test_invitations_have_an_end_and_somebody_who_answers_for_them(club, boss):
    newcomer = person("newcomer", is_confirmed=False)
    Membership.objects.create(organisation=club, user=newcomer, is_administrator=True)
    with pytest.raises(ValidationError, match="Confirm your own e-mail"):
        invite(newcomer, club, "a@example.org")
    for number in range(20):
        invite(boss, club, f"guest{number}@example.org")
    with pytest.raises(ValidationError, match="20 invitations"):
        invite(boss, club, "one-more@example.org")


def test_who_was_refused_does_not_ask_again_at_once(club, boss, stranger):
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    with pytest.raises(ValidationError, match="refused"):
        services.ask_to_join(stranger, organisation=club)


def test_administrators_see_whose_address_is_not_confirmed(client, club, boss):
    services.ask_to_join(person("anybody", is_confirmed=False), organisation=club)
    client.force_login(boss)
    page = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "This e-mail is not confirmed" in page


def create(client, **facts):
    return client.post(reverse("mypart_organisations:create"), CARD | facts)


@pytest.mark.parametrize(
    ("facts", "told_at"),
    [
        ({"nip": "5260250274", "branch": "."}, "branch"),
        ({"nip": "5260250274", "branch": "\u200b"}, "nip"),
        ({"nip": "5260250274", "branch": " oddział   ŁÓDŹ "}, "nip"),
        ({"register_number": "123456"}, "register_number"),
        ({"regon": "123456785"}, "regon"),
        ({"nip": "5260250274", "regon": "123456785"}, "nip"),
        ({"regon": "123456785", "branch": "12"}, "branch"),
    ],
)
def test_one_organisation_has_one_card_whichever_number_is_typed(
    client, club, boss, stranger, facts, told_at
):
    club.regon, club.branch = "123456785", "Oddział Łódź"
    club.save()
    client.force_login(stranger)
    response = create(client, **facts)
    assert response.status_code == 422
    assert told_at in response.context["form"].errors
    if told_at != "branch":
        assert reverse("mypart_organisations:join", args=[club.uuid]) in response.content.decode()
    assert Organisation.objects.count() == 1


def test_a_number_of_a_register_that_counts_for_itself_is_taken_by_nobody(client, stranger):
    organisation(register_kind="mayor", register_number="7")
    client.force_login(stranger)
    assert create(client, register_kind="mayor", register_number="7").status_code == 302


@pytest.mark.parametrize("number", ["nip", "register_number", "regon"])
def test_the_office_hears_of_each_card_that_shares_a_number(client, club, stranger, number):
    clerk = person("clerk", is_superuser=True)
    club.regon = "123456785"
    club.save()
    client.force_login(stranger)
    facts = {"nip": "5260250274", "register_number": "123456", "regon": "123456785"}
    assert create(client, branch="  Oddział   w Mysłowicach ", **{number: facts[number]}).status_code == 302
    branch = Organisation.objects.get(branch="Oddział w Mysłowicach")
    mail = OutgoingMail.objects.get(to=clerk.email)
    assert f"- {club}" in mail.body
    assert reverse("mypart_admin_organisations:inspect", args=[branch.pk]) in mail.body
    assert "stranger@example.org" in mail.body


def test_a_card_of_its_own_troubles_nobody(client, club, stranger):
    person("clerk", is_superuser=True)
    client.force_login(stranger)
    assert create(client).status_code == 302
    assert not OutgoingMail.objects.exists()


def test_cards_that_share_a_number_already_can_still_be_changed(client, club, boss):
    organisation("Oddział", nip="5260250274", branch="Oddział w Mysłowicach")
    client.force_login(boss)
    url = reverse("mypart_organisations:change", args=[club.uuid])
    facts = CARD | {"nip": "5260250274", "register_number": "123456", "phone": "32 555 00 98"}
    assert client.post(url, facts).status_code == 302


def test_whoever_was_refused_may_ask_the_office_which_is_named(client, club, boss, stranger):
    """Somebody else may have made the card of one's organisation."""
    clerk = person("clerk", is_superuser=True)
    Authority.objects.create(site=default_site(), name="Prezydent", office="Urząd", email="um@example.org")
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    assert "ask the office to decide" in OutgoingMail.objects.get(to=stranger.email).body
    client.force_login(stranger)
    url = reverse("mypart_organisations:ask_office", args=[club.uuid])
    assert url in client.get(reverse("mypart_organisations:mine")).content.decode()
    page = client.get(url).content.decode()
    assert "Urząd" in page
    assert "um@example.org" in page
    client.post(url, {"message": "Jestem prezeską."})
    request = stranger.mypart_join_requests.get(status=JoinStatus.PENDING)
    mail = OutgoingMail.objects.get(to=clerk.email)
    assert "Jestem prezeską." in mail.body
    assert "the person asks the office to decide" in mail.body
    assert [each.to for each in OutgoingMail.objects.filter(to=boss.email)] == [boss.email]
    with pytest.raises(PermissionDenied):
        services.decide_join_request(boss, request=request, accept=False)
    client.force_login(boss)
    members = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "Jestem prezeską." not in members
    services.decide_join_request(clerk, request=request, accept=True, is_signer=True, by_staff=True)
    assert standing(stranger, club).is_signer
    told = OutgoingMail.objects.filter(to=boss.email).order_by("pk").last()
    assert "The office has let stranger@example.org" in told.body


def test_the_office_is_asked_once_and_only_after_the_administrators(client, club, boss, stranger):
    clerk = person("clerk", is_superuser=True)
    with pytest.raises(ValidationError, match="administrators of the card first"):
        services.ask_office(stranger, organisation=club)
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    to_office = services.ask_office(stranger, organisation=club)
    services.decide_join_request(clerk, request=to_office, accept=False, by_staff=True)
    with pytest.raises(ValidationError, match="decided on your request already"):
        services.ask_office(stranger, organisation=club)
    client.force_login(stranger)
    url = reverse("mypart_organisations:ask_office", args=[club.uuid])
    assert url not in client.get(reverse("mypart_organisations:mine")).content.decode()


def sign_in_again(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_an_invitation_sent_after_the_session_ended_waits_on_the_page_of_people(client, club, boss):
    url = reverse("mypart_organisations:invite", args=[club.uuid])
    answer = client.post(url, {"email": "nowa@example.org", "is_signer": "on"} | typed_by(boss))
    people = reverse("mypart_organisations:members", args=[club.uuid])
    assert answer["Location"] == f"{reverse('account_login')}?next={people}"
    assert "press the button once more" in client.get(answer["Location"]).content.decode()
    sign_in_again(client, boss)
    form = html.fromstring(client.get(people).content).xpath(f"//form[@action='{url}']")[0]
    assert form.xpath(".//input[@name='email']/@value") == ["nowa@example.org"]
    assert form.xpath(".//input[@name='is_signer']/@checked")
    assert not club.invitations.exists()
    assert client.post(url, dict(form.form_values())).status_code == 302
    assert club.invitations.get().is_signer


def test_a_request_to_join_sent_after_the_session_ended_waits_on_its_page(client, club, stranger):
    url = reverse("mypart_organisations:join", args=[club.uuid])
    answer = client.post(url, {"message": "Prowadzę zajęcia."} | typed_by(stranger))
    assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    sign_in_again(client, stranger)
    page = client.get(url).content.decode()
    assert "Prowadzę zajęcia." in page
    assert club.name in page
    client.post(url, {"message": "Prowadzę zajęcia."})
    assert club.join_requests.get().message == "Prowadzę zajęcia."


@pytest.mark.parametrize(
    ("view", "page"),
    [
        ("change_member", "members"),
        ("decide", "members"),
        ("revoke", "members"),
        ("confirm_profile", "mine"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_to_its_page(client, club, boss, view, page):
    arguments = [club.uuid, uuid4()] if view in ("decide", "revoke") else [club.uuid]
    answer = client.post(reverse(f"mypart_organisations:{view}", args=arguments))
    back = reverse(f"mypart_organisations:{page}", args=[club.uuid] if page == "members" else [])
    assert answer["Location"] == f"{reverse('account_login')}?next={back}"
    sign_in_again(client, boss)
    assert client.get(back).status_code == 200


def test_asking_for_the_link_after_the_session_ended_leads_to_ones_addresses(client, stranger):
    answer = client.post(reverse("mypart_accounts:send_confirmation"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('account_email')}"


def test_a_message_that_is_too_long_is_told_and_kept(client, club, boss, stranger):
    client.force_login(stranger)
    url = reverse("mypart_organisations:join", args=[club.uuid])
    answer = client.post(url, {"message": "a" * 1000 + "KONIEC"})
    assert answer.status_code == 422
    assert "KONIEC" in answer.content.decode()
    assert "1000" in answer.context["join_form"].errors["message"][0]
    assert not club.join_requests.exists()


@pytest.mark.parametrize("name", ["name", "street", "city", "people-0-name", "people-0-function"])
@pytest.mark.parametrize("typed", ["\u200b\u200b", " \u2060 ", "\u00ad"])
def test_what_nobody_sees_is_no_name(client, stranger, name, typed):
    client.force_login(stranger)
    assert create(client, **{name: typed}).status_code == 422
    assert not Organisation.objects.exists()


def test_leaving_looks_at_what_one_is_now(club, boss):
    """The other was made the only administrator since the page was read."""
    other = member(club, "other")
    stale = Membership.objects.select_related("organisation").get(user=other)
    mine = club.memberships.get(user=boss)
    services.change_roles(
        boss, membership=club.memberships.get(user=other), is_signer=False, is_administrator=True
    )
    services.remove_member(boss, membership=mine)
    with pytest.raises(ValidationError):
        services.remove_member(other, membership=stale)
    assert club.administrators().get() == other
    services.remove_member(boss, membership=mine)
