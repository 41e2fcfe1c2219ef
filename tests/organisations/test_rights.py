"""Who may do what with an organisation: every role tries every deed."""

from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.permissions import may_edit, may_start, may_submit, may_view
from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Organisation
from tests.grants.calls import open_call
from tests.people import PASSWORD, member, organisation, person
from tests.printing import pages

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROLES = ["administrator", "signer", "editor", "asker", "refused", "stranger", "neighbour"]
ONLY_ADMINISTRATOR = {"administrator"}
MEMBERS = {"administrator", "signer", "editor"}


class World:
    """An organisation with somebody in each role; the neighbour is administrator and signer of another."""

    def __init__(self) -> None:
        self.club = organisation()
        self.people = {
            "administrator": member(self.club, "administrator", is_administrator=True),
            "signer": member(self.club, "signer", is_signer=True),
            "editor": member(self.club, "editor"),
            "neighbour": member(
                organisation("Klub Fala"), "neighbour", is_signer=True, is_administrator=True
            ),
            **{name: person(name) for name in ("asker", "refused", "stranger")},
        }
        self.asked = services.ask_to_join(self.people["asker"], organisation=self.club)
        refused = services.ask_to_join(self.people["refused"], organisation=self.club)
        services.decide_join_request(self.people["administrator"], request=refused, accept=False)
        self.invitation = self.invite(self.people["administrator"], "guest@example.org")
        self.call = open_call()
        self.draft = start_application(
            self.people["editor"], call=self.call, organisation=self.club, at=timezone.now()
        )

    def invite(self, actor, email="new@example.org"):
        flags = {"is_signer": False, "is_administrator": False}
        return services.invite(actor, organisation=self.club, email=email, base_url="", **flags)

    def of(self, name):
        return self.club.memberships.get(user=self.people[name])


def change_card(world, actor):
    services.change_card(actor, organisation=world.club, facts={"phone": "1"}, representatives=[])


def decide(world, actor):
    services.decide_join_request(actor, request=world.asked, accept=True)


def revoke(world, actor):
    services.revoke_invitation(actor, invitation=world.invitation)


def make_signer(world, actor):
    services.change_roles(actor, membership=world.of("editor"), is_signer=True, is_administrator=False)


def remove_signer(world, actor):
    services.remove_member(actor, membership=world.of("signer"))


def begin(world, actor):
    start_application(actor, call=world.call, organisation=world.club, at=timezone.now())


DEEDS = {
    change_card: ONLY_ADMINISTRATOR,
    World.invite: ONLY_ADMINISTRATOR,
    revoke: ONLY_ADMINISTRATOR,
    decide: ONLY_ADMINISTRATOR,
    make_signer: ONLY_ADMINISTRATOR,
    # Everyone may leave.
    remove_signer: {"administrator", "signer"},
    begin: MEMBERS | {"asker"},
}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_only_those_do_it_who_may(deed):
    world = World()
    done = set()
    for role in ROLES:
        with transaction.atomic():
            try:
                deed(world, world.people[role])
                done.add(role)
            except PermissionDenied:
                pass
            transaction.set_rollback(True)
    assert done == DEEDS[deed]


@pytest.mark.parametrize("name", ["change", "members", "invite", "change_member"])
def test_a_stranger_gets_404_for_another_organisations_pages(client, club, stranger, name):
    client.force_login(stranger)
    url = reverse(f"mypart_organisations:{name}", args=[club.uuid])
    assert client.post(url).status_code in (404, 405)
    assert client.get(url).status_code in (404, 405)


@pytest.mark.parametrize(
    ("right", "who"),
    [(may_view, MEMBERS), (may_edit, MEMBERS), (may_submit, {"signer"})],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_offers_of_an_organisation_are_its_members(right, who):
    world = World()
    assert {role for role in ROLES if right(world.people[role], world.draft)} == who


def test_whoever_was_refused_keeps_no_way_to_a_draft_begun_while_asking():
    club = organisation()
    boss = member(club, "boss", is_administrator=True)
    asker = person("asker")
    request = services.ask_to_join(asker, organisation=club)
    draft = start_application(asker, call=open_call(), organisation=club, at=timezone.now())
    assert may_edit(asker, draft)
    services.decide_join_request(boss, request=request, accept=False)
    assert not may_view(asker, draft)
    assert may_view(boss, draft)


SECRETS = {
    "nip": "5260250274",
    "regon": "123456785",
    "street": "ul. Domowa 3 m. 4",
    "phone": "600 700 800",
    "email": "prezes@dom.example.org",
    "website": "https://dom.example.org/",
    "bank_account": "PL61109010140000071219812874",
}


@pytest.mark.parametrize(("is_let_in", "told"), [(False, set()), (True, {"nip", "street", "phone", "email"})])
def test_who_only_asked_reads_the_name_and_the_register_and_no_more(client, is_let_in, told):
    club = organisation(register_kind="mayor", register_number="77/2019", **SECRETS)
    boss = member(club, "boss", is_administrator=True)
    asker = person("asker", is_confirmed=False)
    request = services.ask_to_join(asker, organisation=club)
    draft = start_application(asker, call=open_call(), organisation=club, at=timezone.now())
    if is_let_in:
        services.decide_join_request(boss, request=request, accept=True)
    client.force_login(asker)
    section = client.get(reverse("mypart_generator:section", args=[draft.document.uuid, "contact"]))
    paper = client.get(reverse("mypart_grants:draft_pdf", args=[draft.uuid]))
    for text in (section.content.decode(), " ".join(pages(paper.content))):
        assert club.name in text
        assert "77/2019" in text
        assert {name for name, value in SECRETS.items() if value in text} >= told
        assert is_let_in or not [name for name, value in SECRETS.items() if value in text]
        assert is_let_in or "Jan Kowalski" not in text


def test_whoever_is_removed_leaves_the_draft_with_the_organisation():
    world = World()
    editor = world.people["editor"]
    services.remove_member(world.people["administrator"], membership=world.of("editor"))
    assert not may_view(editor, world.draft)
    assert list(Application.objects.for_person(editor)) == []
    assert may_edit(world.people["signer"], world.draft)


def test_a_person_in_two_organisations_has_in_each_the_role_given_there():
    world = World()
    both = world.people["neighbour"]
    services.add_member(
        world.people["administrator"],
        organisation=world.club,
        user=both,
        is_signer=False,
        is_administrator=False,
    )
    other = Organisation.objects.get(name="Klub Fala")
    assert may_start(both, other)
    assert may_view(both, world.draft)
    assert not may_submit(both, world.draft)
    with pytest.raises(PermissionDenied):
        change_card(world, both)


def test_an_administrator_whose_account_is_switched_off_does_not_count_as_the_other_one():
    world = World()
    gone = person("gone", is_active=False)
    flags = {"is_signer": False, "is_administrator": True}
    services.add_member(gone, organisation=world.club, user=gone, **flags)
    with pytest.raises(ValidationError):
        services.remove_member(world.people["administrator"], membership=world.of("administrator"))


def test_inviting_again_makes_the_earlier_link_useless_and_members_are_not_invited():
    world = World()
    boss = world.people["administrator"]
    second = world.invite(boss, "Guest@example.org")
    with pytest.raises(ValidationError):
        services.accept_invitation(world.people["stranger"], invitation=world.invitation)
    assert services.accept_invitation(world.people["stranger"], invitation=second)
    with pytest.raises(ValidationError):
        world.invite(boss, "editor@example.org")


def test_an_invited_person_without_an_account_signs_up_on_the_way(client, settings):
    settings.MYPART = {"CAPTCHA": None, "CAPTCHA_MINIMUM_SECONDS": 0}
    world = World()
    page = reverse("mypart_organisations:invitation", args=[world.invitation.uuid])
    to_sign_in = client.get(page)["Location"]
    assert to_sign_in == f"{reverse('account_login')}?next={page}"
    sign_up = f"{reverse('account_signup')}?{urlencode({'next': page})}"
    assert f'href="{sign_up}"' in client.get(to_sign_in).content.decode()
    answer = client.post(
        sign_up, {"email": "guest@example.org", "password1": PASSWORD, "attempt": "", "next": page}
    )
    assert answer["Location"] == page
    assert "guest@example.org" in client.get(page).content.decode()
    client.post(page)
    assert world.club.memberships.filter(user__email="guest@example.org").exists()
    assert "You have accepted this invitation already." in client.get(page).content.decode()


def test_an_invitation_taken_back_or_used_is_said_to_be_no_longer_valid(client):
    world = World()
    page = reverse("mypart_organisations:invitation", args=[world.invitation.uuid])
    client.force_login(world.people["administrator"])
    revoke_url = reverse("mypart_organisations:revoke", args=[world.club.uuid, world.invitation.uuid])
    members = reverse("mypart_organisations:members", args=[world.club.uuid])
    assert revoke_url in client.get(members).content.decode()
    client.post(revoke_url)
    client.force_login(world.people["stranger"])
    assert "no longer valid" in client.get(page).content.decode()
