"""The card of an organisation, as somebody new fills it in and sends it."""

from django.urls import reverse

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


def create(client, **facts):
    return client.post(reverse("mypart_organisations:create"), CARD | facts)
