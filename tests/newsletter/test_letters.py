"""What a mail of the newsletter says, to people and to mail programs."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import lxml.html
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from mypart_wagtail.grants.models import CallIndexPage, CallPage
from mypart_wagtail.newsletter.content import sections_of
from mypart_wagtail.newsletter.letters import Letters
from mypart_wagtail.newsletter.models import Subscriber
from mypart_wagtail.newsletter.services.sending import send_all_due
from mypart_wagtail.newsletter.tasks import send_trial
from tests.grants.calls import open_call
from tests.news.news import index, piece
from tests.newsletter.editions import begun, edition, newsletter, outbox, some_news, subscriber, text_of
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sent():
    """A mail about a piece of news, of a site with HTTPS, and whom it is to."""
    site = default_site()
    site.port = 443
    site.save()
    newsletter(sender="news@example.org", sender_name="Miasto Łódź, redakcja")
    some_news("Róża & Syn <b>")
    reader = subscriber()
    begun(intro="Dear readers,\n\nspring is here.")
    send_all_due()
    (message,) = outbox()
    return message, reader


def test_it_is_plain_text_and_html_and_both_say_the_same(sent):
    message, _reader = sent
    assert message.get_content_type() == "multipart/alternative"
    plain, html = text_of(message, "plain"), text_of(message, "html")
    document = lxml.html.document_fromstring(html)
    shown = document.text_content()
    for part in ("What is new", "Dear readers,", "spring is here.", "News", "Róża & Syn <b>", "They sail."):
        assert part in plain, part
        assert part in shown, part
    (link,) = document.xpath("//h3/a/@href")
    assert link.startswith("https://localhost/")
    assert link in plain


def test_its_html_has_a_language_headings_and_nothing_that_tracks(sent):
    message, _reader = sent
    document = lxml.html.document_fromstring(text_of(message, "html"))
    assert document.get("lang") == "en"
    assert [heading.tag for heading in document.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h3"]
    assert document.xpath("//img | //script | //link | //iframe") == []


def test_programs_learn_that_it_is_a_newsletter_and_how_to_leave(sent):
    message, reader = sent
    assert message["Precedence"] == "bulk"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<newsletter.localhost>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "news@example.org" in message["From"]
    assert message["From"].addresses[0].display_name == "Miasto Łódź, redakcja"
    assert message["To"] == "anna@example.org"
    address = message["List-Unsubscribe"].strip().strip("<>")
    assert address in text_of(message, "plain")
    response = Client(enforce_csrf_checks=True).post(
        urlsplit(address).path, {"List-Unsubscribe": "One-Click"}
    )
    assert response.status_code == 200
    assert not Subscriber.objects.filter(pk=reader.pk).exists()


def test_without_https_no_program_is_told_that_one_post_is_enough():
    """RFC 8058 wants HTTPS: where a post is redirected to it, the reader would stay subscribed."""
    some_news()
    reader = subscriber()
    begun()
    send_all_due()
    (message,) = outbox()
    assert message["List-Unsubscribe-Post"] is None
    assert f"/{reader.token}/" in message["List-Unsubscribe"]


def test_every_link_of_the_foot_is_the_readers_own():
    some_news()
    readers = [subscriber(), subscriber("piotr")]
    begun()
    send_all_due()
    for message in outbox():
        own, others = sorted(readers, key=lambda reader: reader.email != message["To"])
        for kind in ("plain", "html"):
            text = text_of(message, kind)
            assert text.count(str(own.token)) == 2
            assert str(others.token) not in text


def test_nothing_that_others_have_written_gets_a_readers_token():
    """Neither the nil UUID nor a placeholder seen in an earlier mail."""
    nil, seen = str(UUID(int=0)), str(Letters(edition(), []).nobody)
    piece(index(), lead=f"See https://stranger.example/?{nil} and {seen}")
    reader = subscriber()
    begun(intro=f"{nil} {seen}")
    send_all_due()
    (message,) = outbox()
    for kind in ("plain", "html"):
        text = text_of(message, kind)
        assert text.count(nil) == text.count(seen) == 2
        assert text.count(str(reader.token)) == 2


def test_a_mail_to_nobody_has_links_that_belong_to_nobody():
    some_news()
    reader = subscriber()
    letters = Letters(edition(), [])
    for text in letters.everything():
        assert str(letters.nobody) in text
        assert str(reader.token) not in text


def test_every_mail_has_a_message_id_of_its_own():
    some_news()
    subscriber()
    subscriber("piotr")
    begun()
    send_all_due()
    ids = {message["Message-ID"] for message in outbox()}
    assert len(ids) == 2
    assert all(each.endswith("@localhost>") for each in ids)


def test_an_edition_in_polish_is_polish_with_the_news_in_polish():
    some_news("Regaty", language="pl")
    some_news("Regatta")
    subscriber(language="pl")
    begun(language="pl", subject="Co nowego")
    send_all_due()
    (message,) = outbox()
    html = text_of(message, "html")
    assert 'lang="pl"' in html
    assert "Regaty" in html
    assert "Regatta" not in html
    assert "/pl/newsletter/" in message["List-Unsubscribe"]
    assert message["Content-Language"] == "pl"


def test_calls_are_those_announced_and_those_that_soon_close():
    now = timezone.now()
    titles = {
        "New": {"intake_until": now + timedelta(days=40)},
        "Closing": {"intake_until": now + timedelta(days=10)},
        "Old": {"intake_until": now + timedelta(days=30)},
        "Over": {"intake_until": now - timedelta(days=1)},
    }
    for title, facts in titles.items():
        call = open_call(title=title, **facts)
        if title != "New":
            type(call).objects.filter(pk=call.pk).update(created_at=now - timedelta(days=60))
    subscriber(topics=["calls"])
    made = begun()
    assert [thing["title"] for thing in made.content["sections"][0]["things"]] == ["Closing", "New"]
    send_all_due()
    assert "Deadline for offers: " in text_of(outbox()[0], "plain")


def test_no_call_is_told_whose_page_not_everyone_may_see():
    private, in_private, unpublished, gone, _open = (
        CallPage.objects.get(translation_key=open_call(title=title).translation_key)
        for title in ("Private", "In private", "Unpublished", "Gone", "Open")
    )
    section = CallIndexPage(title="Closed", slug="closed")
    private.get_parent().add_child(instance=section)
    in_private.move(section, "last-child")
    for page in (private, section):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    unpublished.unpublish()
    gone.delete()
    sections = sections_of(edition(), timezone.now() + timedelta(minutes=1))
    assert [thing["title"] for section in sections for thing in section["things"]] == ["Open"]


def test_what_lies_on_another_site_or_is_a_draft_is_not_told():
    some_news("Here")
    subscriber()
    other = new_site("other.example.org")
    subscriber("other", site=other)
    begun()
    send_all_due()
    assert [message["To"] for message in outbox()] == ["anna@example.org"]


def test_a_trial_goes_to_one_person_and_its_links_unsubscribe_nobody():
    some_news()
    subscriber()
    made = edition()
    send_trial.func(str(made.uuid), "clerk@example.org")
    (message,) = outbox()
    assert message["To"] == "clerk@example.org"
    assert "What is new" in message["Subject"]
    assert message["Subject"] != "What is new"
    assert "Regatta" in text_of(message, "html")
    assert message["List-Unsubscribe"] is None
    made.refresh_from_db()
    assert made.is_draft
    assert len(mail.outbox) == 1
