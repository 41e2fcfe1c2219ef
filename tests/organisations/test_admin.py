"""What staff do with organisations in the Wagtail admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from lxml import html
from wagtail.admin.viewsets import viewsets
from wagtail.models import GroupPagePermission

from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Authority, JoinRequest, JoinStatus, LegalText, Organisation
from mypart_wagtail.organisations.permissions import standing
from mypart_wagtail.viewsets import PlainTextIndexView
from tests.grants.calls import open_call
from tests.people import member, organisation, person
from tests.sites import default_site, new_site


@pytest.fixture
def staff(client, db):
    user = person("staff", is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def club(db):
    return organisation(nip="5260250274")


def card(**changes) -> dict[str, str]:
    """What the form of a card posts."""
    facts = {
        "name": "Fundacja Nowa",
        "legal_form": "foundation",
        "register_kind": "krs",
        "register_number": "123457",
        "street": "ul. Nowa 2",
        "postal_code": "41400",
        "city": "Mysłowice",
        "email": "nowa@example.org",
        "signatures_required": "2",
        "areas": ["17"],
        "representatives": "Ewa Nowa, prezeska\nJan Stary, skarbnik, pełnomocnik",
    }
    return facts | changes


def history(client, club) -> str:
    return client.get(reverse("mypart_admin_organisations:history", args=[club.pk])).content.decode()


def test_a_card_that_offers_need_is_not_deleted_and_staff_are_told(client, staff):
    club = organisation("Klub Fala")
    signer = member(club, "signer", is_signer=True)
    start_application(signer, call=open_call(), organisation=club, at=timezone.now())
    response = client.post(reverse("mypart_admin_organisations:delete", args=[club.pk]), follow=True)
    assert "“Klub Fala” cannot be deleted: it is needed by applications." in response.content.decode()
    assert Organisation.objects.filter(pk=club.pk).exists()


def test_a_card_that_nothing_needs_is_deleted(client, staff, club):
    client.post(reverse("mypart_admin_organisations:delete", args=[club.pk]))
    assert not Organisation.objects.filter(pk=club.pk).exists()


def test_staff_change_a_card_by_the_same_rules_as_its_people(client, staff, club):
    url = reverse("mypart_admin_organisations:edit", args=[club.pk])
    assert "Jan Kowalski, prezes" in client.get(url).content.decode()
    wrong = client.post(url, card(nip="5260250275", postal_code="4", bank_account="1", representatives="Ewa"))
    page = wrong.content.decode()
    for message in ("its last digit does not match", "looks like 41-400", "has 26 digits", "needs a comma"):
        assert message in page
    assert client.post(url, card(nip="526-025-02-74")).status_code == 302
    club.refresh_from_db()
    assert (club.register_number, club.postal_code, club.areas) == ("0000123457", "41-400", ["17"])
    assert [(each.name, each.function) for each in club.representatives.all()] == [
        ("Ewa Nowa", "prezeska"),
        ("Jan Stary", "skarbnik, pełnomocnik"),
    ]


def test_staff_make_a_card_without_belonging_to_the_organisation(client, staff):
    client.post(reverse("mypart_admin_organisations:add"), card())
    made = Organisation.objects.get()
    assert made.representatives.count() == 2
    assert not made.memberships.exists()


def test_history_tells_who_changed_what_also_of_the_organisations_own_people(client, staff, club):
    boss = member(club, "boss", is_administrator=True)
    facts = {"name": "Nowa nazwa", "phone": "32 555 00 00"}
    services.change_card(boss, organisation=club, facts=facts, representatives=[])
    page = history(client, club)
    assert "Card changed: Full name, Phone, people who represent it" in page
    assert "boss" in page


def test_saving_a_card_unchanged_leaves_no_trace(client, staff, club):
    boss = member(club, "boss", is_administrator=True)
    people = [{"name": "Jan Kowalski", "function": "prezes"}]
    services.change_card(boss, organisation=club, facts={"name": club.name}, representatives=people)
    assert "Card changed" not in history(client, club)


def test_history_tells_of_everything_done_with_people(client, staff, club):
    boss = member(club, "boss", is_administrator=True)
    asker, refused, guest = person("asker"), person("refused"), person("guest")
    for one, is_let_in in ((asker, True), (refused, False)):
        services.decide_join_request(
            boss, request=services.ask_to_join(one, organisation=club), accept=is_let_in, is_signer=True
        )
    invited = {"is_signer": False, "is_administrator": True, "base_url": ""}
    invitation = services.invite(boss, organisation=club, email="guest@example.org", **invited)
    services.accept_invitation(guest, invitation=invitation)
    unwanted = services.invite(boss, organisation=club, email="wrong@example.org", **invited)
    services.revoke_invitation(boss, invitation=unwanted)
    membership = club.memberships.get(user=asker)
    services.change_roles(boss, membership=membership, is_signer=False, is_administrator=False)
    services.remove_member(boss, membership=membership)
    page = history(client, club)
    for line in (
        "Asked to join: asker@example.org",
        "Let in: asker@example.org (signer)",
        "Refused: refused@example.org",
        "Invited: guest@example.org (administrator)",
        "Invitation accepted: guest@example.org (administrator)",
        "Invitation taken back: wrong@example.org",
        "Roles of asker@example.org: editor",
        "No longer a member: asker@example.org",
    ):
        assert line in page


@pytest.mark.database
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"area": "17"}, {"Klub"}),
        ({"is_opp": "true"}, {"Fundacja"}),
        ({"has_signer": "false"}, {"Klub"}),
        ({"has_signer": "true"}, {"Fundacja"}),
        ({"q": "5260250274"}, {"Fundacja"}),
    ],
)
def test_staff_find_cards_by_area_opp_missing_signers_and_nip(client, staff, query, found):
    organisation("Klub", areas=["17"])
    member(organisation("Fundacja", is_opp=True, nip="5260250274"), "signer", is_signer=True)
    page = client.get(reverse("mypart_admin_organisations:index_results"), query).content.decode()
    assert {name for name in ("Klub", "Fundacja") if name in page} == found


def test_staff_read_a_card_whole_with_its_people_requests_and_number_of_offers(client, staff, club):
    club.areas = ["17"]
    club.save()
    member(club, "boss", is_administrator=True, is_signer=True)
    services.ask_to_join(person("asker"), organisation=club)
    page = client.get(reverse("mypart_admin_organisations:inspect", args=[club.pk])).content.decode()
    for text in (
        "17. wspieranie i upowszechnianie kultury fizycznej",
        "Jan Kowalski, prezes",
        "boss@example.org (administrator, signer)",
        "asker@example.org",
        "0, in calls: 0",
        "Town (for letters)",
    ):
        assert text in page
    assert str(club.uuid) not in page


def test_staff_let_somebody_in_and_may_make_them_a_signer(client, staff, club):
    anna = person("anna")
    asked = JoinRequest.objects.create(organisation=club, user=anna)
    page = reverse("mypart_admin_join_requests:edit", args=[asked.pk])
    assert "anna" in client.get(page).content.decode()
    client.post(page, {"status": JoinStatus.ACCEPTED, "is_signer": "on"})
    assert standing(anna, club).is_signer
    assert "Let in: anna@example.org (signer)" in history(client, club)
    assert client.get(page)["Location"] == reverse("mypart_admin_join_requests:inspect", args=[asked.pk])


def test_staff_add_change_and_remove_members_and_history_tells(client, staff, club):
    anna = person("anna")
    add = reverse("mypart_admin_memberships:add")
    unknown = client.post(add, {"organisation": club.pk, "email": "nobody@example.org"})
    assert "Nobody has an account with this e-mail." in unknown.content.decode()
    client.post(add, {"organisation": club.pk, "email": "anna@example.org", "is_administrator": "on"})
    membership = club.memberships.get(user=anna)
    again = client.post(add, {"organisation": club.pk, "email": "anna@example.org"})
    assert "belongs to the organisation already" in again.content.decode()
    client.post(reverse("mypart_admin_memberships:edit", args=[membership.pk]), {"is_signer": "on"})
    assert standing(anna, club).is_signer
    assert not standing(anna, club).is_administrator
    client.post(reverse("mypart_admin_memberships:delete", args=[membership.pk]))
    assert not standing(anna, club).is_member
    page = history(client, club)
    assert "Let in: anna@example.org (administrator)" in page
    assert "Roles of anna@example.org: signer" in page
    assert "No longer a member: anna@example.org" in page


def test_requests_that_wait_longest_stand_first(client, staff, club):
    answered = services.ask_to_join(person("answered"), organisation=club)
    services.decide_join_request(staff, request=answered, accept=False, by_staff=True)
    for name in ("older", "newer"):
        services.ask_to_join(person(name), organisation=club)
    page = client.get(reverse("mypart_admin_join_requests:index")).content.decode()
    assert page.index("older") < page.index("newer") < page.index("answered")


def test_the_home_page_of_the_admin_tells_who_may_answer_of_what_waits(client, staff, club):
    home = reverse("wagtailadmin_home")
    assert "waits for an answer" not in client.get(home).content.decode()
    services.ask_to_join(person("asker"), organisation=club)
    assert "1 request waits for an answer" in client.get(home).content.decode()


@pytest.fixture
def clerk(client, db):
    """Works for the city of the default site, and for no other."""
    user = person("clerk")
    group = Group.objects.create(name="Clerks")
    names = ["access_admin", *(f"{deed}_authority" for deed in ("view", "add", "change", "delete"))]
    names += ["view_legaltext", "add_legaltext"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    change_pages = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=default_site().root_page, permission=change_pages)
    user.groups.add(group)
    client.force_login(user)
    return user


def authority(site, name) -> Authority:
    return Authority.objects.create(site=site, name=name)


def text(authority, **facts) -> LegalText:
    facts = {"kind": "terms", "version": 1, "title": authority.name, "body": "x"} | facts
    return LegalText.objects.create(authority=authority, **facts)


def test_staff_of_one_city_meet_nothing_of_another(client, clerk):
    own = authority(default_site(), "Mysłowice")
    foreign = authority(new_site("tychy.example.org"), "Tychy")
    for name, mine, theirs in (
        ("authorities", own, foreign),
        ("legal_texts", text(own), text(foreign)),
    ):
        listed = client.get(reverse(f"mypart_admin_{name}:index")).content.decode()
        assert "Mysłowice" in listed
        assert "Tychy" not in listed
        for view in ("edit", "delete", "usage", "history", "inspect"):
            if name == "legal_texts" and view in ("edit", "delete", "usage"):
                continue
            if name == "authorities" and view == "inspect":
                continue
            url = f"mypart_admin_{name}:{view}"
            assert client.get(reverse(url, args=[theirs.pk]), follow=True).status_code == 404, url
            assert client.get(reverse(url, args=[mine.pk])).status_code in (200, 302), url


def test_staff_of_one_city_put_nothing_into_another(client, clerk):
    own = authority(default_site(), "Mysłowice")
    elsewhere = new_site("tychy.example.org")
    foreign = authority(elsewhere, "Tychy")
    client.post(reverse("mypart_admin_authorities:add"), {"site": elsewhere.pk, "name": "Rada"})
    client.post(
        reverse("mypart_admin_authorities:edit", args=[own.pk]), {"site": elsewhere.pk, "name": "Rada"}
    )
    new_text = {"kind": "terms", "language": "pl", "title": "T", "body": "x"}
    client.post(reverse("mypart_admin_legal_texts:add"), new_text | {"authority": foreign.pk})
    assert not Authority.objects.filter(name="Rada").exists()
    assert not LegalText.objects.exists()
    client.post(reverse("mypart_admin_legal_texts:add"), new_text | {"authority": own.pk})
    assert LegalText.objects.get().version == 1


def test_the_version_of_a_new_legal_text_follows_by_itself_in_both_languages(staff):
    city = authority(default_site(), "Mysłowice")
    languages = ["pl", "en", "pl", "pl", "en"]
    versions = [
        services.publish_text(
            staff, authority=city, kind="clause", language=language, title="K", body="x"
        ).version
        for language in languages
    ]
    assert versions == [1, 1, 2, 3, 3]


def test_a_version_not_translated_yet_is_shown_in_polish_rather_than_an_old_one(db):
    city = authority(default_site(), "Mysłowice")
    text(city, language="en", version=1, title="Old")
    newest = text(city, language="pl", version=2, title="Nowa")
    assert LegalText.objects.current(city, "en") == [newest]
    translated = text(city, language="en", version=2, title="New")
    assert LegalText.objects.current(city, "en") == [translated]
    assert LegalText.objects.current(city, "pl") == [newest]


def test_a_card_without_an_administrator_is_the_citys_staffs_to_decide(staff, club):
    boss = member(club, "boss", is_administrator=True)
    boss.is_active = False
    boss.save()
    services.ask_to_join(person("asker"), organisation=club, base_url="https://example.org")
    mail = OutgoingMail.objects.get()
    assert mail.to == "staff@example.org"
    assert "The card has no administrator who could answer" in mail.body
    assert "https://example.org/admin/mypart/join-requests/edit/" in mail.body


def test_staff_let_nobody_in_whose_address_is_not_confirmed(client, staff, club):
    anybody = person("anybody", is_confirmed=False)
    facts = {"organisation": club.pk, "email": anybody.email, "is_signer": "on"}
    response = client.post(reverse("mypart_admin_memberships:add"), facts)
    assert "email" in response.context["form"].errors
    assert not club.memberships.exists()


def test_the_history_of_a_member_tells_of_their_roles(client, staff, club):
    member(club, "signer")
    membership = club.memberships.get()
    edit = reverse("mypart_admin_memberships:edit", args=[membership.pk])
    client.post(edit, {"is_signer": "on"})
    shown = client.get(reverse("mypart_admin_memberships:history", args=[membership.pk])).content.decode()
    assert "Roles of signer@example.org: signer" in shown


def test_a_name_with_a_comma_comes_back_as_it_was(client, staff, club):
    club.representatives.all().delete()
    club.representatives.create(name="Jan Kowalski, dr", function="prezes")
    edit = reverse("mypart_admin_organisations:edit", args=[club.pk])
    shown = client.get(edit).context["form"]["representatives"].value()
    client.post(edit, card(representatives=shown, signatures_required="1"))
    person_shown = club.representatives.get()
    assert (person_shown.name, person_shown.function) == ("Jan Kowalski, dr", "prezes")


def test_no_more_people_must_sign_than_there_are_whoever_keeps_the_card(client, staff, club):
    url = reverse("mypart_admin_organisations:edit", args=[club.pk])
    answer = client.post(url, card(nip=club.nip, signatures_required="3"))
    assert "There are fewer people who represent the organisation." in answer.content.decode()
    club.refresh_from_db()
    assert club.signatures_required == 1


@pytest.mark.database
def test_staff_overwrite_nothing_they_did_not_see(client, staff, club):
    boss = member(club, "boss", is_administrator=True)
    url = reverse("mypart_admin_organisations:edit", args=[club.pk])
    page = html.fromstring(client.get(url).content)
    [seen] = page.xpath("//input[@name='version']/@value")
    facts = {"bank_account": "PL61109010140000071219812874"}
    people = [{"name": "Nowa Prezeska", "function": "prezeska"}]
    services.change_card(boss, organisation=club, facts=facts, representatives=people)
    answer = client.post(url, card(nip=club.nip, version=seen))
    assert "Somebody else has changed the card meanwhile" in answer.content.decode()
    club.refresh_from_db()
    assert club.bank_account == facts["bank_account"]
    assert club.representatives.get().name == "Nowa Prezeska"
    [now] = html.fromstring(answer.content).xpath("//input[@name='version']/@value")
    assert now != seen
    assert client.post(url, card(nip=club.nip, version=now)).status_code == 302


def is_ours(viewset) -> bool:
    return type(viewset).__module__.startswith("mypart_wagtail")


def test_no_export_of_ours_holds_a_formula(client, staff):
    every = [each for each in viewsets.viewsets if is_ours(each) and getattr(each, "list_export", None)]
    assert len(every) >= 4
    for each in every:
        assert issubclass(each.index_view_class, PlainTextIndexView), type(each)


def test_the_list_of_organisations_is_exported_as_plain_text(client, staff):
    organisation('=HYPERLINK("http://evil.example/","Press")', city="@SUM(A1)")
    answer = client.get(f"{reverse('mypart_admin_organisations:index')}?export=csv")
    exported = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK" in exported
    assert "'@SUM" in exported


def test_administrators_hear_of_what_the_office_does_with_their_people(client, staff, club):
    boss = member(club, "boss", is_administrator=True)
    other = member(club, "other", is_administrator=True)
    newcomer = person("newcomer")
    flags = {"organisation": club.pk, "is_signer": "on"}
    client.post(reverse("mypart_admin_memberships:add"), flags | {"email": newcomer.email})
    mails = OutgoingMail.objects.filter(to=boss.email)
    assert "The office has let newcomer@example.org" in mails.get().body
    assert "This person may submit offers." in mails.get().body
    membership = club.memberships.get(user=other)
    services.change_roles(
        staff, membership=membership, is_signer=False, is_administrator=False, by_staff=True
    )
    services.remove_member(staff, membership=membership, by_staff=True)
    assert mails.count() == 3
    assert "has changed what other@example.org" in mails.order_by("pk")[1].body
    assert "The office has removed other@example.org" in mails.order_by("pk")[2].body
    assert OutgoingMail.objects.filter(to=other.email).count() == 2, "as an administrator of then"


def test_what_people_do_with_one_another_is_not_told_as_the_offices_deed(club):
    boss = member(club, "boss", is_administrator=True)
    member(club, "other", is_administrator=True)
    services.remove_member(boss, membership=club.memberships.get(user__username="other"))
    assert not OutgoingMail.objects.exists()
