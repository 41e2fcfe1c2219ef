"""Forms of pages in the admin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from mypart_wagtail.news.contacts import has_email, phone_in, words
from mypart_wagtail.own_things import OwnThingsForm

LONGEST = timedelta(days=366)
UNDESCRIBED = _("Write what the picture shows, or say that it is only an ornament.")
UNASKED = _("Ask the people in the pictures, and say here that they agree; or leave the pictures out.")
OPEN_TO_ROBOTS = ("title", "lead", "body", "place")


class NewsPageForm(OwnThingsForm):
    """Asks of pictures what they show and whether people agree, when the page leaves its author's hands."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._check_pictures(cleaned)
        return cleaned

    def _check_pictures(self, cleaned: dict[str, Any]) -> None:
        picture = cleaned.get("picture")
        if picture and not (cleaned.get("picture_alt") or cleaned.get("picture_is_ornament")):
            self.add_error("picture_alt", UNDESCRIBED)
        if (picture or _has_pictures(cleaned.get("body"))) and not cleaned.get("people_agree"):
            self.add_error("people_agree", UNASKED)


def _has_pictures(body: Any) -> bool:
    """Whether a block of ``body``, however deep, shows a picture."""
    if body is None:
        return False
    found = body.stream_block.extract_references(body)
    return any(issubclass(model, get_image_model()) for model, *_where in found)


class NoticePageForm(OwnThingsForm):
    """Checks a notice when it is published, scheduled or submitted to moderation; drafts are free.

    When Wagtail takes the page down follows from the notice's own last day, so it is not asked for.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("expire_at", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("valid_until")
        if day and day > timezone.localdate() + LONGEST:
            self.add_error("valid_until", _("Choose a day at most a year ahead. You can prolong it later."))
        if not self.is_deferred_validation:
            self._check_for_readers(cleaned, day)
        return cleaned

    def _check_for_readers(self, cleaned: dict[str, Any], day: date | None) -> None:
        if day and day < self._first_day(cleaned):
            self.add_error("valid_until", _("This day is over before anyone can read the notice."))
        is_reachable = cleaned.get("contact_email") or cleaned.get("contact_phone")
        if not is_reachable and "contact_email" not in self.errors:
            self.add_error("contact_email", _("Give an e-mail or a phone number, so that people can answer."))

        for name in OPEN_TO_ROBOTS:
            text = words(str(cleaned.get(name) or ""))
            if has_email(text):
                self.add_error(name, _("Robots would find this e-mail. Write it under “Contact” instead."))
            if phone := phone_in(text):
                self.add_error(
                    name,
                    _("Robots would find the phone number %(phone)s. Write it under “Contact” instead.")
                    % {"phone": phone},
                )

    def _first_day(self, cleaned: dict[str, Any]) -> date:
        """Today, or the day for which publishing is scheduled."""
        go_live_at = cleaned.get("go_live_at")
        today = timezone.localdate()
        return max(today, timezone.localdate(go_live_at)) if go_live_at else today
