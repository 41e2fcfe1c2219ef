"""News on one screen: who may write, what becomes of what they type, and what of their photos."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, PageLogEntry, WorkflowPage, WorkflowState

from mypart_wagtail.news.models import NewsPage, WaitingPhoto
from mypart_wagtail.news.providers import form_of
from mypart_wagtail.news.services import MOST_WAITING, PEOPLE_AGREED, write_news
from mypart_wagtail.publishing.models import ModerationSettings, OrganisationSpace
from mypart_wagtail.publishing.services import name_publishers
from tests.news.news import category
from tests.organisations.public import accepted, directory, profile_of
from tests.people import member, person
from tests.photos import bomb, photo, tells_place
from tests.publishing.writers import mailed_to, moderator, writer
from tests.sites import default_site

pytestmark = pytest.mark.django_db

TEXT = "They sail.\n\nOn Sunday, at the lake."


@pytest.fixture
def club():
    directory()
    return accepted("Klub Fala")


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


@pytest.fixture
def form(client, club, ewa):
    """Ewa's form."""
    client.force_login(ewa)
    return Form(client, club)


class Form:
    """The one screen, as a browser fills it in: what came back hidden is sent again."""

    def __init__(self, client, club) -> None:
        self.client, self.address = client, reverse("mypart_news:write", args=[club.uuid])
        self.take(client.get(self.address))

    def send(self, act: str = "send", **typed):
        body = {**self.hidden, "title": "Regatta", "text": TEXT, "date": "2026-11-10", **typed, "act": act}
        return self.take(self.client.post(self.address, body))

    def take(self, response):
        self.response = response
        if response.status_code != 302:
            self.document = lxml.html.document_fromstring(response.content.decode())
            hidden = self.document.cssselect("main input[type=hidden]")
            self.hidden = {each.get("name"): each.get("value") for each in hidden}
        return response

    def errors(self) -> dict[str, str]:
        found = self.response.context["form"].errors
        return {name: " ".join(errors) for name, errors in found.items()}

    def shown(self, name: str) -> str:
        [control] = self.document.cssselect(f"[name={name}]")
        # HTML leaves out the first line break of a box.
        return control.text.removeprefix("\n") if control.tag == "textarea" else control.get("value")


def with_photo(file=None, **facts):
    return {"photo": file or photo(), "picture_alt": "Two boats", "people_agree": "on", **facts}


def stored() -> bytes:
    return NewsPage.objects.get().picture.file.read()


# Who may write


def test_a_stranger_and_who_writes_for_another_organisation_find_nothing(client, club):
    address = reverse("mypart_news:write", args=[club.uuid])
    for who in (person("stranger"), member(club, "editor"), writer(accepted("Chór Echo"), "adam")):
        client.force_login(who)
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "Regatta", "text": TEXT}).status_code == 404
    assert not NewsPage.objects.exists()


def test_who_loses_the_right_while_writing_can_copy_what_they_typed(client, form, club, ewa):
    name_publishers(ewa, organisation=club, members=[])
    response = form.send(title="Regatta on Sunday", picture_alt="Two boats")
    assert response.status_code == 404
    assert (form.shown("title"), form.shown("text")) == ("Regatta on Sunday", TEXT)
    assert form.shown("picture_alt") == "Two boats"
    assert not NewsPage.objects.exists()


def test_there_is_no_form_of_an_organisation_without_a_public_profile(client, club, ewa):
    profile_of(club).unpublish()
    client.force_login(ewa)
    assert client.get(reverse("mypart_news:write", args=[club.uuid])).status_code == 404
    assert client.get(reverse("mypart_news:write", args=[uuid4()])).status_code == 404
    assert form_of(profile_of(club)) is None


def test_what_was_typed_while_signed_out_comes_back_after_signing_in(client, form, ewa):
    client.logout()
    response = form.send(title="Written for an hour")
    assert response["Location"].startswith(reverse("account_login"))
    client.force_login(ewa)
    form.take(client.get(form.address))
    assert (form.shown("title"), form.shown("text")) == ("Written for an hour", TEXT)


def test_a_photo_chosen_while_signed_out_is_asked_for_once_more(client, form, ewa):
    client.logout()
    form.send(photo=photo(), picture_alt="Boats", people_agree="on")
    client.force_login(ewa)
    page = client.get(form.address)
    form.take(page)
    assert form.shown("title") == "Regatta"
    assert "The photo is no longer kept here. Choose it once more." in page.content.decode()


@pytest.mark.database
@pytest.mark.parametrize("title", ["!!!", "…", "🎉🎉", "ﷺ" * 60, "Zażółć gęślą jaźń " * 14])
def test_any_title_gets_an_address_also_twice(form, title):
    for text in ("One.", "Two."):
        form.hidden["key"] = str(uuid4())
        assert form.send(title=title, text=text).status_code == 302
    assert NewsPage.objects.count() == 2


def test_the_dashboard_of_publishers_leads_to_the_form(client, form, club):
    label, address = form_of(profile_of(club))
    assert (label, address) == ("Write news", f"{default_site().root_url}{form.address}")
    assert address in client.get("/admin/").content.decode()


def test_the_service_asks_for_the_right_too(club):
    with pytest.raises(PermissionDenied):
        write_news(person("stranger"), profile=profile_of(club), submit=True, **facts())
    assert not NewsPage.objects.exists()


def facts(**other):
    return {"key": uuid4(), "title": "Regatta", "text": TEXT, "day": timezone.localdate(), **other}


# What becomes of it


def test_what_is_sent_waits_for_moderators_within_the_promised_term(
    client, form, club, ewa, django_capture_on_commit_callbacks
):
    anna = moderator()
    ModerationSettings.objects.update_or_create(site=default_site(), defaults={"term_days": 5})
    with django_capture_on_commit_callbacks(execute=True):
        response = form.send(category=category("clubs").pk)
    page = NewsPage.objects.get()
    assert page.get_parent().specific == profile_of(club)
    assert (page.live, page.owner, page.title, page.lead) == (False, ewa, "Regatta", "They sail.")
    assert page.latest_revision.user == ewa
    assert (page.date.isoformat(), page.category.slug) == ("2026-11-10", "clubs")
    assert page.body[0].value.source == "<p>On Sunday, at the lake.</p>"
    assert page.current_workflow_state.requested_by == ewa
    assert (mailed_to(ewa), mailed_to(anna)) == (["Received: Regatta"], ["To be moderated: Regatta"])
    home = client.get(response["Location"]).content.decode()
    assert "Sent. Moderators answer within 5 days, you get an e-mail." in home


def test_a_draft_needs_only_a_title_and_is_given_to_nobody(form, ewa):
    form.send("draft", text="")
    page = NewsPage.objects.get()
    assert (page.live, page.lead, len(page.body)) == (False, "", 0)
    assert page.current_workflow_state is None
    assert page.permissions_for_user(ewa).can_edit()


def test_where_nobody_moderates_there_are_only_drafts(client, form):
    WorkflowPage.objects.all().delete()
    buttons = form.take(client.get(form.address)) and form.document.cssselect("main button:not([tabindex])")
    assert [button.get("value") for button in buttons] == ["draft"]
    form.send("send", text="")
    assert NewsPage.objects.get().current_workflow_state is None


def test_a_double_click_makes_one_page_that_is_sent_once(form):
    taken = photo()
    for _click in range(2):
        taken.seek(0)
        assert form.send(**with_photo(taken)).status_code == 302
    assert NewsPage.objects.count() == WorkflowState.objects.count() == 1


def test_what_was_changed_after_going_back_is_no_double_click(form):
    form.send()
    form.send(text="They sail on Monday.")
    assert {page.lead for page in NewsPage.objects.all()} == {"They sail.", "They sail on Monday."}


def test_a_draft_that_is_sent_after_going_back_stays_one_page(form):
    form.send("draft")
    form.send("send")
    assert NewsPage.objects.get().current_workflow_state is not None


def test_a_key_of_another_person_gives_nothing_of_theirs(club, ewa):
    mine = write_news(ewa, profile=profile_of(club), submit=False, **facts(key=UUID(int=1)))
    jan = writer(club, "jan")
    theirs = write_news(jan, profile=profile_of(club), submit=False, **facts(key=UUID(int=1)))
    assert (mine.owner, theirs.owner) == (ewa, jan)
    assert mine.pk != theirs.pk


def test_the_form_asks_for_what_is_missing_and_gives_back_what_is_there(form):
    assert form.send(title="", date="soon").status_code == 422
    assert set(form.errors()) == {"title", "date"}
    assert (form.shown("text"), form.shown("date")) == (TEXT, "soon")
    assert form.send(text=" \n ").status_code == 422
    assert form.errors() == {"text": "Write the text. What, who, when, where?"}
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"title": "a" * 256}, {"text": "a" * 50_001}, {"category": "9" * 30}, {"category": "\0"}]
)
def test_too_much_and_what_cannot_be_is_told_at_its_field(form, typed):
    form.send(**typed)
    assert set(form.errors()) == set(typed)


def test_an_empty_post_is_answered_and_breaks_nothing(client, form):
    assert client.post(form.address, {}).status_code == 422


@pytest.mark.parametrize("key", ["", "x", "\0"])
def test_a_form_without_a_key_still_sends(form, key):
    form.hidden["key"] = key
    form.send()
    assert NewsPage.objects.count() == 1


# Text


def test_scripts_and_markup_are_shown_as_they_were_typed_and_never_run(client, form, ewa):
    typed = (
        "<p class=MsoNormal><o:p>Regatta</o:p></p>\n\n<script>alert(1)</script>\n\n"
        "<a href='javascript:alert(1)'>x</a> javascript:alert(1)\n\n<img src=x onerror=alert(1)>"
    )
    form.send(title="<b>Regatta</b>", text=typed)
    page = NewsPage.objects.get()
    page.get_latest_revision().publish()
    shown = lxml.html.document_fromstring(client.get(page.url).content.decode())
    main = shown.cssselect("main")[0]
    assert not main.cssselect("script, b, img, [onerror], [class*=Mso], a[href^='javascript']")
    for line in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>Regatta</b>"):
        assert line in main.text_content()


@pytest.mark.parametrize(
    ("text", "lead", "body"),
    [
        ("One.\r\n\r\nTwo.\r\n \r\nThree.", "One.", "<p>Two.</p><p>Three.</p>"),
        ("When: Sunday\nWhere: lake", "", "<p>When: Sunday<br/>Where: lake</p>"),
        ("a" * 400, "a" * 400, ""),
        ("a" * 401 + "\n\nb", "", f"<p>{'a' * 401}</p><p>b</p>"),
        (
            "See https://example.org/x?a=1&b=2.",
            "",
            '<p>See <a href="https://example.org/x?a=1&amp;b=2">https://example.org/x?a=1&amp;b=2</a>.</p>',
        ),
        (
            "Hi.\n\nWrite: ewa@example.org",
            "Hi.",
            '<p>Write: <a href="mailto:ewa@example.org">ewa@example.org</a></p>',
        ),
        ("AT&T <3\n\nb", "AT&T <3", "<p>b</p>"),
        ("", "", ""),
    ],
)
def test_paragraphs_are_said_once_and_addresses_lead_somewhere(form, text, lead, body):
    form.send("draft", text=text)
    page = NewsPage.objects.get()
    assert (page.lead, "".join(block.value.source for block in page.body)) == (lead, body)


def test_characters_that_no_one_types_are_left_out(form):
    form.send(title="Reg\0atta\u2028 2", text="Sail\x07.")
    page = NewsPage.objects.get()
    assert (page.title, page.lead) == ("Regatta 2", "Sail.")


# Photos


@pytest.mark.database
@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_neither_the_stored_photo_nor_what_is_shown_of_it_tells_where_it_was_taken(form, kind):
    form.send(**with_photo(photo(kind)))
    picture = NewsPage.objects.get().picture
    assert not tells_place(stored())
    assert not tells_place(picture.get_rendition("fill-640x360").file.read())
    assert "IMG" not in picture.file.name


def test_a_photo_from_an_iphone_stands_upright_as_a_jpeg(form):
    form.send(**with_photo(photo("HEIF", orientation=6)))
    with Image.open(BytesIO(stored())) as shown:
        assert (shown.format, shown.size) == ("JPEG", (400, 600))


def test_a_photo_lies_in_the_collection_of_the_organisation_under_what_it_shows(form, ewa):
    form.send(**with_photo())
    page = NewsPage.objects.get()
    assert page.picture.collection == OrganisationSpace.objects.get().collection
    assert (page.picture.title, page.picture_alt) == ("Two boats", "Two boats")
    assert page.picture.uploaded_by_user == ewa
    assert not WaitingPhoto.objects.exists()


def test_the_history_keeps_who_said_that_the_people_agree(form, ewa):
    form.send(**with_photo())
    assert PageLogEntry.objects.get(action=PEOPLE_AGREED).user == ewa
    assert not ModelLogEntry.objects.filter(action=PEOPLE_AGREED).exists()


def test_a_photo_asks_for_words_and_agreement_and_is_not_chosen_twice(form):
    assert form.send(photo=photo()).status_code == 422
    assert set(form.errors()) == {"picture_alt", "people_agree"}
    assert "IMG_2041.jpg" in form.document.cssselect("main form")[0].text_content()
    kept = get_image_model().objects.get()
    assert form.send(is_ornament="on", people_agree="on").status_code == 302
    page = NewsPage.objects.get()
    assert (page.picture, page.picture_alt) == (kept, "")


@pytest.mark.database
def test_a_photo_is_kept_while_something_else_is_wrong(form):
    form.send(title="", **with_photo())
    form.send(picture_alt="Two boats", people_agree="on")
    assert NewsPage.objects.get().picture == get_image_model().objects.get()


def test_another_photo_takes_the_place_of_the_first(form):
    form.send(title="", **with_photo())
    form.send(**with_photo(photo("PNG")))
    assert NewsPage.objects.get().picture == get_image_model().objects.get()


def test_a_removed_photo_is_gone_and_the_words_stay(form):
    form.send(photo=photo(), title="Long title")
    file = get_image_model().objects.get().file
    response = form.send("remove_photo", title="Long title")
    assert response.status_code == 200
    assert (form.shown("title"), form.shown("text"), form.hidden["kept_photo"]) == ("Long title", TEXT, "")
    assert not form.document.cssselect(".mypart-error")
    assert not get_image_model().objects.exists()
    form.send()
    assert NewsPage.objects.get().picture is None
    assert file.name


def test_removing_after_sending_leaves_the_photo_of_the_page(form):
    form.send(title="", **with_photo())
    hidden = dict(form.hidden)
    form.send(picture_alt="Two boats", people_agree="on")
    form.hidden = hidden
    form.send("remove_photo")
    assert NewsPage.objects.get().picture is not None


def test_a_photo_kept_for_one_is_of_no_use_to_another(client, form, club):
    form.send(photo=photo())
    token = form.hidden["kept_photo"]
    choir = accepted("Chór Echo")
    jan, adam = writer(club, "jan"), writer(choir, "adam")
    for who, whose in ((jan, club), (adam, choir)):
        client.force_login(who)
        other = Form(client, whose)
        other.hidden["kept_photo"] = token
        other.send(picture_alt="Boats", people_agree="on")
        assert set(other.errors()) == {"photo"}
        other.hidden["kept_photo"] = token
        other.send("remove_photo")
    assert get_image_model().objects.count() == 1
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize("token", ["x", "1:2:3", "\0", "é"])
def test_a_forged_photo_is_told_and_nothing_typed_is_lost(form, token):
    form.hidden["kept_photo"] = token
    assert form.send(picture_alt="Two boats", people_agree="on").status_code == 422
    assert form.errors() == {"photo": "The photo is no longer kept here. Choose it once more."}
    assert form.shown("text") == TEXT


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("letter.jpg", b"Dear all"), "cannot be read"),
        (SimpleUploadedFile("empty.jpg", b""), "cannot be read"),
        (bomb(), "too many pixels"),
    ],
    ids=["no picture", "empty", "bomb"],
)
def test_what_is_no_photo_is_told_at_its_field_and_not_stored(form, file, said):
    file.seek(0)
    assert form.send(**with_photo(file)).status_code == 422
    assert list(form.errors()) == ["photo"]
    assert said in form.errors()["photo"]
    assert (form.shown("text"), form.shown("picture_alt")) == (TEXT, "Two boats")
    assert not get_image_model().objects.exists()


def test_words_about_a_photo_that_was_left_out_are_not_asked_for_nor_kept(form):
    form.send(picture_alt="Two boats")
    assert NewsPage.objects.get().picture_alt == ""


@pytest.mark.database
def test_a_photo_that_was_left_is_erased_after_a_day_with_its_file(form):
    form.send(photo=photo())
    image = get_image_model().objects.get()
    call_command("mypart_erase_photos")
    assert WaitingPhoto.objects.count() == 1
    WaitingPhoto.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    call_command("mypart_erase_photos")
    assert not get_image_model().objects.filter(pk=image.pk).exists()
    form.send(picture_alt="Two boats", people_agree="on")
    assert set(form.errors()) == {"photo"}


def test_a_left_photo_that_a_colleague_uses_stays(form, club, ewa):
    form.send(photo=photo())
    image = get_image_model().objects.get()
    page = NewsPage(title="Other", picture=image, owner=ewa, live=False)
    profile_of(club).add_child(instance=page)
    WaitingPhoto.objects.update(created_at=timezone.now() - timedelta(days=2))
    call_command("mypart_erase_photos")
    assert get_image_model().objects.filter(pk=image.pk).exists()
    assert not WaitingPhoto.objects.exists()


def test_nobody_fills_the_disk_with_photos_that_are_never_sent(form):
    for _time in range(MOST_WAITING + 2):
        form.hidden["kept_photo"] = ""
        form.send(photo=photo(), title="")
    assert WaitingPhoto.objects.count() == get_image_model().objects.count() == MOST_WAITING
    form.send(picture_alt="Two boats", people_agree="on")
    assert NewsPage.objects.get().picture is not None
