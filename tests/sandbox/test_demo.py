"""The demo: one command fills a site with everything there is to try, and spoils nothing when run again."""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from stdnum.pl import nip, regon
from wagtail.models import Page, Site
from wagtail_localize.models import Translation

from mypart_wagtail.blocks.content import content_blocks
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.services.documents import errors
from mypart_wagtail.generator.verification import mismatches
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application, Award, Call, CallPage
from mypart_wagtail.grants.models.call import CallStatus
from mypart_wagtail.mail import absolute_url
from mypart_wagtail.news.models import NoticePage
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import LegalText, Membership, Organisation
from mypart_wagtail.portal.models import ContentPage
from sandbox.demo.content import read
from sandbox.demo.people import PASSWORD, roles
from tests.blocks.samples import root_collection

REPOSITORY = Path(__file__).parents[2]

# Each worker that runs one of these tests would make the demo anew.
pytestmark = pytest.mark.slow


def run_demo() -> str:
    """Run the command with all that follows its commits, and give what it prints."""
    printed = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("mypart_demo", force=True, stdout=printed)
    return printed.getvalue()


def make_translators_permission() -> None:
    """What a migration of wagtail-localize makes, for a suite that runs without migrations."""
    if not Permission.objects.filter(codename="submit_translation").exists():
        Permission.objects.create(
            codename="submit_translation",
            name="Can submit translations",
            content_type=ContentType.objects.get_for_model(Translation),
        )


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The demo, made once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_translators_permission()
        root_collection()
        yield run_demo()
        transaction.set_rollback(True)


@pytest.fixture
def demo(printed, db) -> str:
    return printed


def offers(call: str, organisation: str = "Ganek"):
    return Application.objects.with_parts().filter(call__code=call, organisation__name__contains=organisation)


def everything() -> dict[str, list]:
    """All rows that people could have written, to see whether any changes."""
    kinds = (
        Page,
        Call,
        Award,
        Organisation,
        Membership,
        LegalText,
        Application,
        FormDocument,
        Snapshot,
        Event,
        get_user_model(),
    )
    return {kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds}


def test_a_site_that_may_be_real_gets_no_accounts_with_a_known_password(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force"):
        call_command("mypart_demo")
    assert not get_user_model().objects.exists()


@pytest.mark.database
def test_links_in_mail_lead_to_the_demo(demo, settings):
    site = Site.objects.get(is_default_site=True)
    assert absolute_url(site, "/pl/") == f"{settings.WAGTAILADMIN_BASE_URL}/pl/"


@pytest.mark.database
def test_running_it_again_changes_nothing(demo):
    page = Page.objects.get(slug="start")
    page.title = "Tytuł zmieniony przez redaktorkę"
    page.save()
    before = everything()
    assert run_demo() == demo
    assert everything() == before


def test_running_it_again_undoes_nothing_that_people_did(demo):
    users = get_user_model().objects
    for email in ("redaktorka@example.org", "ganek@example.org", "urzednik@example.org"):
        users.get(email=email).delete()
    renumbered = Organisation.objects.get(email="biuro@szkwal.example.org")
    renumbered.register_number = "0000999999"
    renumbered.save()
    unlisted = Organisation.objects.get(email="biuro@kot.example.org")
    services.show_on_sites(None, organisation=unlisted, shown_on=[], among=Site.objects.all())
    Application.objects.filter(call__code="MYS/ZWIERZETA").delete()
    before = everything()
    assert run_demo() == demo
    assert everything() == before
    assert not unlisted.directory_entries.exists()
    assert not users.filter(email="redaktorka@example.org").exists()


def make(target: str, *arguments: str, **environment: str) -> list[str]:
    """What ``make`` would run."""
    told = subprocess.run(
        ["make", "--dry-run", target, *arguments],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "environment", "served_with"),
    [
        ([], {}, "DEBUG=false"),
        ([], {"DEBUG": "*"}, "DEBUG=false"),
        (["DEBUG=false"], {}, "DEBUG=false"),
        (["DEBUG=true"], {}, "DEBUG=true"),
    ],
)
def test_the_demo_is_made_and_served_whatever_debug_says(arguments, environment, served_with):
    lines = make("demo", *arguments, **environment)
    assert [line.split()[0] for line in lines if line.endswith("mypart_demo")] == ["DEBUG=true"]
    assert [line.split()[0] for line in lines if "runserver" in line] == [served_with]


def remove_demo(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["sh", "scripts/remove_demo.sh"],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_starting_over_removes_what_the_demo_keeps_and_nothing_else(tmp_path):
    assert any("scripts/remove_demo.sh" in line for line in make("demo-reset"))
    for name in ("db.sqlite3", "notes.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "media").mkdir()
    assert remove_demo(MYPART_VAR=str(tmp_path)).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_starting_over_says_which_database_it_cannot_remove(tmp_path):
    (tmp_path / "db.sqlite3").write_text("x")
    told = remove_demo(MYPART_VAR=str(tmp_path), DATABASE_URL="postgres://127.0.0.1/city")
    assert told.returncode == 1
    assert "DATABASE_URL" in told.stderr
    assert (tmp_path / "db.sqlite3").exists()


def test_months_later_it_keeps_what_there_is_and_says_how_to_begin_anew(demo):
    assert "demo-reset" not in demo
    Call.objects.update(intake_until=timezone.now() - timedelta(days=90))
    before = everything()
    assert "demo-reset" in run_demo()
    assert everything() == before


def test_the_accounts_are_printed_with_their_password(demo):
    assert PASSWORD in demo
    for account in roles():
        assert account["email"] in demo
        assert account["does"] in demo


@pytest.mark.parametrize(
    "email", [each["email"] for each in roles()] + ["ganek@example.org", "krok@example.org"]
)
def test_everyone_signs_in_with_the_password(demo, client, email):
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(get_user_model().objects.get(email=email).pk)


def test_every_page_opens_in_both_languages(demo, client):
    pages = Page.objects.live().filter(depth__gt=1).select_related("locale")
    by_language = {"pl": 0, "en": 0}
    over = set(NoticePage.objects.filter(valid_until__lt=timezone.localdate()).values_list("pk", flat=True))
    for page in pages:
        assert client.get(page.get_url()).status_code == (410 if page.pk in over else 200), page.title
        by_language[page.locale.language_code] += 1
    assert by_language == {"pl": 58, "en": 43}
    assert len(over) == 2
    drafts = set(Page.objects.filter(live=False).values_list("title", flat=True))
    assert drafts == {
        item["title"] for item in read("publishing")["items"] if item.get("decision") != "approve"
    }


def test_english_pages_speak_english(demo, client):
    home = client.get("/en/").content.decode()
    for words in ("Good ideas have a place here", "Find a call", "Sport for children and young people"):
        assert words in home
    polish = re.compile("[ąćęłńóśźż]")
    names = re.compile("Mysłowice|Przykładowa|zł")
    for page in CallPage.objects.filter(locale__language_code="en"):
        for name in ("title", "slug", "lead", "grant_rules", "conditions", "criteria", "previous_tasks"):
            assert not polish.search(names.sub("", getattr(page, name))), name


def test_the_questions_of_a_call_are_asked_in_both_languages(demo):
    questions = Call.objects.get(code="MYS/PORADY").terms.questions
    assert len({question.kind for question in questions}) == len(questions) == 7
    for question in questions:
        assert question.label.in_language("en") != question.label.in_language("pl")
    choice = next(question for question in questions if question.options)
    assert [option.label.in_language("en") for option in choice.options][0] == "legal aid"


def test_there_is_a_call_in_every_state(demo):
    now = timezone.now()
    calls = list(Call.objects.with_parts())
    states = [call.status_at(now) for call in calls]
    for status in (CallStatus.OPEN, CallStatus.UPCOMING, CallStatus.CLOSED):
        assert status in states
    closing_today = Call.objects.get(code="MYS/ZWIERZETA")
    assert timezone.localdate(closing_today.deadline).toordinal() - timezone.localdate(now).toordinal() == 1
    changed = Call.objects.get(code="MYS/KULTURA").versions.exclude(changes=[]).first()
    assert {"pool", "intake_until"} <= {change["fact"] for change in changed.changes}
    for call in calls:
        if call.status_at(now) is CallStatus.CLOSED:
            assert len(call.closing_list()) == 2


def test_there_is_an_offer_in_every_state(demo):
    status = FormDocument.Status
    expected = [
        ("MYS/SPORT", "Ganek", status.DRAFT),
        ("MYS/ZWIERZETA", "Ganek", status.DRAFT),
        ("MYS/PORADY", "Ganek", status.DRAFT),
        ("MYS/NOCLEGOWNIA", "Ganek", status.DRAFT),
        ("MYS/SPORT", "Szkwał", status.SUBMITTED),
        ("MYS/KULTURA", "Ganek", status.CORRECTING),
        ("MYS/SPORT", "Rakieta", status.WITHDRAWN),
    ]
    for call, organisation, state in expected:
        assert offers(call, organisation).filter(document__status=state).exists(), (call, organisation)
    to_be_confirmed = offers("MYS/SASIEDZI").get()
    assert to_be_confirmed.authorisation == Application.Authorisation.TO_BE_CONFIRMED
    missed = offers("MYS/TRZEZWOSC").get()
    assert missed.document.status == status.DRAFT
    assert missed.is_late(timezone.now())
    paper = offers("MYS/NOCLEGOWNIA", "Ciepły Kąt").get()
    assert "okienko 3" in str(paper.remaining_steps[0])


@pytest.mark.parametrize("call", ["MYS/PORADY", "MYS/NOCLEGOWNIA"])
def test_complete_drafts_can_be_submitted_as_they_are(demo, call):
    form = ApplicationKind().form(offers(call).get().document)
    assert [str(failure.message) for failure in errors(form)] == []


def test_one_offer_is_large(demo):
    form = ApplicationKind().form(offers("MYS/NOCLEGOWNIA").get().document)
    assert (len(form.rows("actions")), len(form.rows("costs"))) == (30, 200)
    assert form["end"].year - form["start"].year == 2


@pytest.mark.parametrize(
    ("address", "title", "word"),
    [
        ("/pl/jak-dostac-dotacje/", "Jak dostać dotację", "Klauzule społeczne"),
        ("/en/how-to-get-a-grant/", "How to get a grant", "Social clauses"),
    ],
)
def test_a_guide_in_both_languages_shows_every_block(demo, client, address, title, word):
    shown = client.get(address).content.decode()
    assert f"<h1>{title}</h1>" in shown
    assert word in shown
    (guide,) = ContentPage.objects.filter(slug=address.split("/")[2])
    assert {block.block_type for block in guide.body} == set(content_blocks())
    for block in guide.body:
        assert block.render().strip(), block.block_type


def test_everything_submitted_has_its_pdf(demo):
    assert Snapshot.objects.count() == 10
    for snapshot in Snapshot.objects.all():
        assert snapshot.pdf.open("rb").read(5) == b"%PDF-"


def test_nothing_of_it_mismatches(demo):
    assert [str(each) for each in mismatches() if not each.subject.startswith("File ")] == []


def test_events_of_an_offer_stand_in_the_order_in_which_they_happened(demo):
    for application in Application.objects.with_parts():
        moments = list(Event.objects.filter(stream=application.document.uuid).values_list("at", flat=True))
        assert moments == sorted(moments), application


def test_organisations_have_numbers_that_check_and_addresses_nobody_has(demo):
    cards = Organisation.objects.all()
    assert len(cards) == 12
    for card in cards:
        assert not card.nip or nip.is_valid(card.nip)
        assert not card.regon or regon.is_valid(card.regon)
        assert card.email.endswith(".example.org")


def test_each_person_meets_what_the_table_says(demo, client):
    lists = {
        "redaktorka@example.org": "Porady przy ganku",
        "czekajacy@example.org": "Spacery z kijkami",
    }
    for email, title in lists.items():
        client.force_login(get_user_model().objects.get(email=email))
        assert title in client.get(reverse("mypart_grants:applications")).content.decode()
    waiting = client.get(reverse("mypart_grants:applications")).content.decode()
    assert "Porady przy ganku" not in waiting


@pytest.mark.parametrize(
    ("email", "address", "allowed"),
    [
        ("urzednik@example.org", "mypart_admin_applications:index", True),
        ("urzednik@example.org", "mypart_admin_organisations:index", True),
        ("urzednik@example.org", "mypart_admin_awards:index", True),
        ("urzednik@example.org", "wagtailusers_users:index", False),
        ("webmaster@example.org", "wagtailadmin_explore_root", True),
        ("webmaster@example.org", "mypart_admin_applications:index", False),
        ("webmaster@example.org", "mypart_admin_organisations:index", False),
        ("webmaster@example.org", "mypart_admin_awards:index", False),
        ("webmaster@example.org", "mypart_admin_messages:index", True),
        ("webmaster@example.org", "wagtailimages:index", True),
        ("urzednik@example.org", "mypart_admin_messages:index", False),
    ],
)
def test_staff_reach_what_their_work_needs_and_no_more(demo, email, address, allowed):
    client = Client()
    client.force_login(get_user_model().objects.get(email=email))
    assert (client.get(reverse(address)).status_code == 200) is allowed
