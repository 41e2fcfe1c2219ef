"""Run by the bare project itself: what its visitors get, with nothing of the sandbox at hand."""

from django.conf import settings
from django.test import TestCase
from django.urls import reverse
from django.utils import translation
from home.models import HomePage

from mypart_wagtail.grants.models import Application
from tests.grants.calls import index, open_call
from tests.people import member, organisation


class HostTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.call = open_call()
        cls.home = HomePage.objects.get()
        cls.home.body = [("offers", {"heading": "Dotacje"})]
        cls.home.save_revision().publish()

    def test_the_block_lists_the_open_calls_on_a_page_of_the_host(self):
        self.assertContains(self.client.get("/"), self.call.title)

    def test_the_list_of_calls_opens(self):
        index().save_revision().publish()
        self.assertContains(self.client.get(index().get_url()), self.call.title)

    def test_who_is_signed_out_is_sent_to_the_sign_in_of_the_host(self):
        response = self.client.get(reverse("mypart_grants:start", args=[self.call.uuid]))
        self.assertTrue(response["Location"].startswith(settings.LOGIN_URL))

    def test_an_offer_is_begun_and_its_first_page_opens(self):
        club = organisation()
        self.client.force_login(member(club, "signer", is_signer=True))
        self.client.post(
            reverse("mypart_grants:start", args=[self.call.uuid]), {"organisation": str(club.uuid)}
        )
        document = Application.objects.get().document
        for name, more in (("tasks", []), ("section", ["description"]), ("summary", [])):
            page = self.client.get(reverse(f"mypart_generator:{name}", args=[document.uuid, *more]))
            self.assertEqual(page.status_code, 200, name)

    def test_polish_is_spoken_though_nobody_compiled_it_here(self):
        with translation.override("pl"):
            self.assertEqual(translation.gettext("A message of the tests"), "Komunikat testów")
