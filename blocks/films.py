"""Films: of one's own with captions and transcript, in sign language, and of others by consent."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from mypart_wagtail.blocks.base import PICTURES, SHORT_TEXT, ContentBlock
from mypart_wagtail.blocks.files import unsaved_document
from mypart_wagtail.blocks.links import web_address
from mypart_wagtail.blocks.pictures import drawn_picture
from mypart_wagtail.conf import mypart_settings

FILM_TYPES = {"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg"}

# Addresses of films as people copy them, and the player of each that may stand in a frame.
PLAYERS = (
    (
        r"https://(?:www\.|m\.)?youtube\.com/watch\?(?:.*&)?v=([\w-]{11})",
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (r"https://youtu\.be/([\w-]{11})", "https://www.youtube-nocookie.com/embed/{}"),
    (r"https://vimeo\.com/(\d+)", "https://player.vimeo.com/video/{}?dnt=1"),
)


class FilmValue(blocks.StructValue):
    """A film of one's own."""

    @property
    def media_type(self) -> str:
        """``video/mp4`` and its like, "" for a file no browser plays."""
        film = self.get("film")
        return FILM_TYPES.get(film.file_extension.lower(), "") if film else ""


class FilmBlock(ContentBlock):
    """A film on the city's own server: nobody else learns who watches it."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    film = DocumentChooserBlock(
        label=_("Film"), help_text=_("A file of type MP4 or WebM, uploaded as a document.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_("A file of type VTT. May be left out only if nobody speaks."),
    )
    is_silent = blocks.BooleanBlock(label=_("Nobody speaks in this film"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=SHORT_TEXT,
        help_text=_("What is said and what is seen, for those who read."),
    )
    poster = ImageBlock(label=_("Picture before it plays"), required=False)

    class Meta:
        icon = "media"
        label = _("Film")
        group = PICTURES
        description = _("A film with captions and a transcript, from your own server.")
        template = "mypart_blocks/film.html"
        value_class = FilmValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if cleaned.get("film") and not cleaned.media_type:
            errors["film"] = ValidationError(_("Browsers play MP4 and WebM."))
        captions = cleaned.get("captions")
        if captions and captions.file_extension.lower() != "vtt":
            errors["captions"] = ValidationError(_("Captions are a file of type VTT."))
        if not captions and not cleaned.get("is_silent"):
            errors["captions"] = ValidationError(
                _("Add captions for people who do not hear, or say that nobody speaks.")
            )
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def example(self) -> dict[str, Any]:
        text = gettext("A woman stands at the counter of the city office and explains how to apply.")
        return {
            "title": gettext("How to apply for a grant"),
            "film": unsaved_document(gettext("Film"), "film.mp4"),
            "captions": unsaved_document(gettext("Captions"), "film.vtt"),
            "is_silent": False,
            "transcript": f"<p>{text}</p>",
            "poster": drawn_picture(""),
        }


class SignLanguageBlock(FilmBlock):
    """A recording in Polish Sign Language, as art. 6 of the act of 19 July 2019 asks of every public body."""

    is_silent = blocks.BooleanBlock(label=_("Nobody speaks in this film"), required=False, default=True)

    class Meta:
        icon = "view"
        label = _("Recording in sign language")
        description = _("A recording in Polish Sign Language (PJM), with the same content as text.")
        template = "mypart_blocks/sign_language.html"

    def example(self) -> dict[str, Any]:
        text = gettext("The city office helps people who live in the city.")
        return {
            "title": gettext("What the city office does"),
            "film": unsaved_document(gettext("Film"), "pjm.mp4"),
            "captions": None,
            "is_silent": True,
            "transcript": f"<p>{text}</p>",
            "poster": drawn_picture(""),
        }


class EmbedValue(blocks.StructValue):
    """A film or another thing on somebody else's server."""

    @property
    def href(self) -> str:
        """Where the link leads."""
        return web_address(self.get("url"))

    @property
    def host(self) -> str:
        """The host people are told of: ``youtube.com``."""
        return (urlsplit(self.href).hostname or "").removeprefix("www.")

    @property
    def player_url(self) -> str:
        """What the frame shows, "" unless ``MYPART["EMBED_HOSTS"]`` names its host."""
        url = player_of(self.href)
        parts = urlsplit(url)
        allowed = parts.scheme == "https" and parts.hostname in mypart_settings.EMBED_HOSTS
        return url if allowed else ""


def player_of(url: str) -> str:
    """The address for a frame of the film at ``url``: the player if its site has one, else ``url`` itself."""
    for pattern, player in PLAYERS:
        found = re.match(pattern, url)
        if found:
            return player.format(found[1])
    return url


class EmbedBlock(ContentBlock):
    """Something of another site. Nothing loads from there until the visitor agrees; without JavaScript, and
    where no host is allowed, a link leads there.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    url = blocks.URLBlock(
        label=_("Address"), help_text=_("For example of a film on YouTube, Vimeo or PeerTube.")
    )
    description = blocks.TextBlock(label=_("Description"), rows=2, required=False)
    poster = ImageBlock(label=_("Picture before it loads"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=SHORT_TEXT, required=False)

    class Meta:
        icon = "code"
        label = _("Film or thing of another site")
        group = PICTURES
        description = _("Loads from the other site only when the visitor agrees.")
        template = "mypart_blocks/embed.html"
        value_class = EmbedValue

    def example(self) -> dict[str, Any]:
        text = gettext("The clubs of the city invite to their stands in the park.")
        return {
            "title": gettext("The NGO Day in two minutes"),
            "url": "https://www.example.org/film",
            "description": gettext("What the clubs showed last year."),
            "poster": drawn_picture(""),
            "transcript": f"<p>{text}</p>",
        }
