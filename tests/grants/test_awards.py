"""Awarded grants: shown on the profile of who got them, kept by staff, read from the city's list."""

from datetime import date
from decimal import Decimal
from io import StringIO

import lxml.html
import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission, ModelLogEntry, PageViewRestriction

from mypart_wagtail.grants.models import Award, CallPage
from tests.blocks.test_translation import translate
from tests.grants.awards import SOURCE, award
from tests.grants.calls import open_call
from tests.organisations.public import accepted, directory, profile_of
from tests.people import organisation, person
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("mypart_admin_awards:index")
ADD = reverse("mypart_admin_awards:add")
HEADER = "nip,krs,register_number,title,year,amount,source_url,awarded_on"


def section(client, club) -> lxml.html.HtmlElement | None:
    """The awarded grants on the profile of ``club``, None where there are none."""
    page = lxml.html.document_fromstring(client.get(profile_of(club).url).content.decode())
    found = [each for each in page.cssselect("main section") if each[0].text == "Awarded grants"]
    return found[0] if found else None


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.fixture
def club():
    directory()
    return accepted("Klub Fala", nip="5260250274")


# The profile


def test_a_profile_shows_its_awards_the_newest_first(client, club):
    award(club, "Old", year=2024, amount=Decimal("0.01"))
    award(club, "No day")
    award(club, "May", awarded_on=date(2026, 5, 4))
    award(club, "June", awarded_on=date(2026, 6, 1), amount=Decimal("999999999.99"))
    shown = section(client, club)
    assert [each.text_content() for each in shown.cssselect("h3")] == ["June", "May", "No day", "Old"]
    text = words(shown)
    assert "Budget year 2026 Amount PLN 999,999,999.99 Awarded on 1 June 2026" in text
    assert "Budget year 2024 Amount PLN 0.01" in text


def test_the_polish_page_says_it_in_polish(client, club):
    award(club)
    polish = translate(profile_of(club))
    polish.get_latest_revision().publish()
    with translation.override("pl"):
        text = words(lxml.html.document_fromstring(client.get(polish.url).content.decode()).find(".//main"))
    assert "Przyznane dotacje Letnia szkoła żeglarstwa" in text
    assert "12 500,00 zł" in text


def test_awards_of_others_and_of_another_city_are_not_shown(client, club):
    award(organisation("Chór Echo"), "Of the choir")
    award(club, "Of another city", site=new_site("other.example.org"))
    assert section(client, club) is None


def test_an_award_leads_to_its_call_where_everyone_may_see_it_else_to_the_results(client, club):
    call = open_call()
    page = CallPage.objects.get(translation_key=call.translation_key)
    award(club, call=call)
    (link,) = section(client, club).cssselect("a")
    assert link.get("href") == page.url
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    (link,) = section(client, club).cssselect("a")
    assert link.get("href") == SOURCE


def test_a_profile_asks_the_database_the_same_number_of_times_for_many_awards(client, club):
    for number in range(2):
        award(club, f"Task {number}", call=open_call())
    few = queries_of(client, club)
    for number in range(2, 12):
        award(club, f"Task {number}", call=open_call())
    assert queries_of(client, club) == few
    assert len(section(client, club).cssselect("h3")) == 12


def queries_of(client, club) -> int:
    address = profile_of(club).url
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


def test_the_data_of_the_directory_tell_of_no_awards(client, club):
    award(club)
    page = profile_of(club).get_parent()
    for kind in ("json", "csv"):
        assert "żeglarstwa" not in client.get(f"{page.url}?format={kind}").content.decode()


# What is kept


def test_the_same_award_is_not_kept_twice_with_a_call_or_without(club):
    call = open_call()
    for facts in ({}, {"call": call}):
        award(club, **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            award(club, **facts)
    award(club, year=2027)
    award(organisation("Chór Echo"))


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_an_award_is_of_some_money(club, amount):
    with pytest.raises(IntegrityError):
        award(club, amount=Decimal(amount))


# The admin


def staff(*permissions: str):
    """Somebody who edits the pages of the default site and has ``permissions`` on awards."""
    user = person("clerk")
    names = [f"{permission}_award" for permission in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *names]))
    user.groups.create(name="Editors of the site")
    GroupPagePermission.objects.create(
        group=user.groups.get(),
        page=default_site().root_page,
        permission=Permission.objects.get(codename="change_page"),
    )
    return user


def form(club, **changes) -> dict[str, str]:
    """What the form of an award posts."""
    facts = {
        "site": str(default_site().pk),
        "organisation": str(club.pk),
        "title": "Wiosenne regaty",
        "year": "2026",
        "amount": "12 500,50 zł",
        "source_url": SOURCE,
    }
    return facts | changes


def test_staff_write_an_award_as_the_city_published_it(client, club):
    client.force_login(staff("add", "change", "view"))
    assert client.post(ADD, form(club)).status_code == 302
    kept = Award.objects.get()
    assert (kept.amount, kept.organisation) == (Decimal("12500.50"), club)
    edit = reverse("mypart_admin_awards:edit", args=[kept.pk])
    assert 'value="12\u00a0500,50"' in client.get(edit).content.decode()
    assert client.post(edit, form(club, amount="13000")).status_code == 302
    kept.refresh_from_db()
    assert kept.amount == Decimal("13000.00")
    history = client.get(reverse("mypart_admin_awards:history", args=[kept.pk])).content.decode()
    assert "Created" in history
    assert "Edited" in history
    reading = client.get(reverse("mypart_admin_awards:inspect", args=[kept.pk])).content.decode()
    assert "PLN\u00a013,000.00" in reading


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": "12.500"}, "Did you mean"),
        ({"amount": "0"}, "greater than or equal to 0.01"),
        ({"year": "20226"}, "less than or equal to 2100"),
        ({"title": "Letnia  szkoła żeglarstwa"}, "This award is kept already"),
        ({"source_url": "javascript:alert(1)"}, "Enter a valid URL"),
    ],
)
def test_what_cannot_be_right_is_told_at_the_form(client, club, changes, message):
    award(club)
    client.force_login(staff("add"))
    assert message in client.post(ADD, form(club, **changes)).content.decode()
    assert Award.objects.count() == 1


def test_the_call_is_one_of_the_same_site(client, club):
    client.force_login(person("superuser", is_superuser=True))
    call = open_call()
    other = new_site("other.example.org")
    response = client.post(ADD, form(club, call=str(call.pk), site=str(other.pk)))
    assert "held on another site" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Regaty", "Koncert"}),
        ({"year": "2025"}, {"Koncert"}),
        ({"organisation": "fala"}, {"Regaty"}),
        ({"call": "call"}, {"Regaty"}),
        ({"q": "chór"}, {"Koncert"}),
    ],
)
def test_staff_find_awards_by_year_organisation_call_and_words(client, club, query, found):
    call = open_call()
    award(club, "Regaty", call=call)
    award(organisation("Chór Echo"), "Koncert", year=2025)
    client.force_login(staff("view"))
    known = {"fala": str(club.pk), "call": str(call.pk)}
    asked = {name: known.get(value, value) for name, value in query.items()}
    text = client.get(LIST, asked).content.decode()
    assert {title for title in ("Regaty", "Koncert") if title in text} == found


def test_who_has_no_permission_finds_no_entry_and_is_sent_home(client, club):
    kept = award(club)
    client.force_login(staff())
    assert LIST not in client.get(reverse("wagtailadmin_home")).content.decode()
    for address in (LIST, ADD, reverse("mypart_admin_awards:edit", args=[kept.pk])):
        assert client.get(address).headers["Location"] == reverse("wagtailadmin_home")


def test_who_may_enters_by_the_menu(client, club):
    client.force_login(staff("view"))
    assert LIST in client.get(reverse("wagtailadmin_home")).content.decode()


def test_awards_of_another_city_are_none_of_ones_business(client, club):
    kept = award(club, "Of another city", site=new_site("other.example.org"))
    client.force_login(staff("view", "change", "delete"))
    assert "Of another city" not in client.get(LIST).content.decode()
    for view in ("edit", "delete", "inspect", "history"):
        address = reverse(f"mypart_admin_awards:{view}", args=[kept.pk])
        assert client.get(address, follow=True).status_code == 404


def test_a_card_with_awards_is_not_deleted(client):
    club = organisation("Chór Echo")
    award(club)
    client.force_login(person("superuser", is_superuser=True))
    client.post(reverse("mypart_admin_organisations:delete", args=[club.pk]))
    assert Award.objects.get().organisation == club


# The list of the city


@pytest.fixture
def read(db, tmp_path):
    """Reads a file with the given lines below the header; gives what is printed."""
    default_site()

    def read(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> str:
        path = tmp_path / "results.csv"
        path.write_bytes("\r\n".join([header, *lines]).encode(encoding))
        printed = StringIO()
        call_command("mypart_import_awards", path, stdout=printed)
        return printed.getvalue().strip()

    return read


REGATTA = f'526-025-02-74,,,Regaty,2026,"12 500,50",{SOURCE},2026-02-15'
SCHOOL = f",123456,,Szkoła żagli,2025,8 000 zł,{SOURCE},"


def test_a_file_is_read_and_reading_it_again_changes_nothing(club, read):
    assert read(REGATTA, SCHOOL) == "New 2, changed 0, unchanged 0."
    facts = list(Award.objects.values_list("organisation", "title", "year", "amount", "awarded_on"))
    assert facts == [
        (club.pk, "Regaty", 2026, Decimal("12500.50"), date(2026, 2, 15)),
        (club.pk, "Szkoła żagli", 2025, Decimal("8000.00"), None),
    ]
    before = list(Award.objects.values())
    assert read(REGATTA, SCHOOL) == "New 0, changed 0, unchanged 2."
    assert list(Award.objects.values()) == before
    assert ModelLogEntry.objects.filter(label__in=map(str, Award.objects.all())).count() == 2


def test_a_corrected_file_corrects_and_leaves_the_call_that_staff_chose(club, read):
    call = open_call()
    award(club, "Regaty", call=call)
    assert read(REGATTA) == "New 0, changed 1, unchanged 0."
    kept = Award.objects.get()
    assert (kept.amount, kept.call) == (Decimal("12500.50"), call)


def test_one_bad_line_is_named_and_nothing_is_written(club, read):
    with pytest.raises(CommandError, match=r"Nothing was written\.\nLine 3: Did you mean"):
        read(REGATTA, SCHOOL.replace("8 000 zł", "8.000"))
    assert not Award.objects.exists()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (REGATTA.replace("526-025-02-74", "526-025-02-75"), "Line 2: This NIP has a typing error"),
        (REGATTA.replace("526-025-02-74", ""), "Line 2: Give a NIP, a KRS or a number"),
        (SCHOOL.replace("123456", "999"), "Line 2: No card has these numbers."),
        (REGATTA.replace('"12 500,50"', "12 500,50"), "Line 2: More cells than columns"),
        (REGATTA.replace('"12 500,50"', ""), "Line 2: Write an amount in digits"),
        (REGATTA.replace('"12 500,50"', "0"), "Line 2: amount: Ensure this value is greater"),
        (REGATTA.replace("2026,", "26,"), "Line 2: year: Ensure this value is greater"),
        (REGATTA.replace("Regaty", " "), "Line 2: title: This field cannot be blank."),
        (REGATTA.replace(SOURCE, "BIP"), "Line 2: source_url: Enter a valid URL."),
        (REGATTA.replace("2026-02-15", "15.02.2026"), "Line 2: awarded_on: .* YYYY-MM-DD"),
    ],
)
def test_each_fault_is_told_in_words(club, read, line, fault):
    with pytest.raises(CommandError, match=fault):
        read(line)
    assert not Award.objects.exists()


def test_the_same_award_twice_in_a_file_is_a_fault_and_never_overwritten(club, read):
    with pytest.raises(CommandError, match=r"Line 3: The same award stands in line 2\."):
        read(REGATTA, REGATTA.replace("12 500,50", "1,00"))
    assert not Award.objects.exists()


def test_numbers_that_branches_share_are_never_guessed(club, read):
    branch = accepted("Klub Fala", nip="5260250274", branch="Kosztowy", register_number="KOS/1")
    with pytest.raises(CommandError, match="Several cards have these numbers"):
        read(REGATTA)
    read(REGATTA.replace("74,,,", "74,,KOS/1,"))
    assert Award.objects.get().organisation == branch


def test_a_file_of_a_polish_spreadsheet_is_read_too(club, read):
    line = f"5260250274;Szkoła żagli;2026;12500,50;{SOURCE}"
    assert read(line, header="nip;title;year;amount;source_url", encoding="utf-8-sig").startswith("New 1")
    assert Award.objects.get().amount == Decimal("12500.50")


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("nip,title,year,amount", r"Line 1: Missing or unknown columns: source_url\."),
        (f"{HEADER},kwota", r"Line 1: Missing or unknown columns: kwota\."),
        ("", "Line 1: Missing or unknown columns"),
    ],
)
def test_a_wrong_header_is_told(read, header, fault):
    with pytest.raises(CommandError, match=fault):
        read(header=header)


def test_what_is_no_text_or_not_there_is_told(club, read):
    with pytest.raises(CommandError, match="cannot be read"):
        read(SCHOOL, encoding="cp1250")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("mypart_import_awards", "/nowhere/results.csv")


def test_the_awards_are_of_the_site_that_is_named(club, read, tmp_path):
    site = new_site("other.example.org")
    read(REGATTA)
    call_command("mypart_import_awards", tmp_path / "results.csv", site=site.hostname, stdout=StringIO())
    assert {each.site for each in Award.objects.all()} == {default_site(), site}
    with pytest.raises(CommandError, match="no such site"):
        call_command("mypart_import_awards", tmp_path / "results.csv", site="nowhere.example.org")
