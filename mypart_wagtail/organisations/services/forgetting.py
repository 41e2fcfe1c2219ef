"""What is left of a person after the account is gone: nothing that names them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import ModelLogEntry

from mypart_wagtail.mail import erase_from_outbox
from mypart_wagtail.organisations.models import Invitation, LegalTextShown
from mypart_wagtail.organisations.models.legal_text import person_key

GONE = "–"


@transaction.atomic
def forget_person(user: Any, *, addresses: Collection[str]) -> None:
    """Erase the e-mails of ``user`` from histories, invitations and the outbox, before the account goes.

    Which legal texts the person was shown stays known, without the name: a controller has to be able to
    show it (art. 5 (2) GDPR).
    """
    LegalTextShown.objects.filter(user=user, person_key="").update(person_key=person_key(user.email))
    for address in addresses:
        invitations = Invitation.objects.filter(email__iexact=address)
        invitations.filter(accepted_at=None).delete()
        invitations.update(email="")
        _erase_from_history(address, user.get_username())
        erase_from_outbox(address)


def _erase_from_history(address: str, username: str) -> None:
    names = re.compile("|".join(map(re.escape, (address, username))), re.IGNORECASE)
    entries = ModelLogEntry.objects.filter(Q(data__person__iexact=address) | Q(label__icontains=address))
    for entry in entries:
        if entry.data.get("person", "").casefold() == address.casefold():
            entry.data = entry.data | {"person": ""}
        entry.label = names.sub(GONE, entry.label)
        entry.save(update_fields=["data", "label"])
