"""System checks of publishing; ``docs/reference/checks.md`` lists them all."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from wagtail.images.forms import get_image_base_form

from mypart_wagtail.image_forms import CleanImageForm

TAG = "mypart"
MIDDLEWARE = "mypart_wagtail.publishing.middleware.PublishersMiddleware"
FINISH = "mypart_wagtail.publishing.workflow.publish_approved"


@register(TAG)
def check_finish_action(**kwargs: Any) -> list[CheckMessage]:
    """Without our action an approved page is either not published, or an author could approve it."""
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", None) == FINISH:
        return []
    return [
        Error(
            "What moderators approve is not published by the action that knows its authors.",
            hint=f"Set WAGTAIL_FINISH_WORKFLOW_ACTION = {FINISH!r}.",
            id="mypart_publishing.E001",
        )
    ]


@register(TAG)
def check_photos_tell_no_place(**kwargs: Any) -> list[CheckMessage]:
    """Volunteers upload what their telephones took, at home and with children."""
    if issubclass(get_image_base_form(), CleanImageForm):
        return []
    return [
        Warning(
            "Photos uploaded in the admin keep the place where they were taken.",
            hint="Set WAGTAILIMAGES_IMAGE_FORM_BASE = 'mypart_wagtail.image_forms.CleanImageForm'.",
            id="mypart_publishing.W001",
        )
    ]


@register(TAG)
def check_middleware(**kwargs: Any) -> list[CheckMessage]:
    """Without it people of one organisation find the drafts and files of others in screens of Wagtail."""
    if MIDDLEWARE in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "People of organisations reach screens of the admin that show what others have not published.",
            hint=f"Add {MIDDLEWARE!r} to the end of MIDDLEWARE.",
            id="mypart_publishing.E002",
        )
    ]
