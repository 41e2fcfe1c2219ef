"""Photos as people send them, made fit for everybody's eyes: nothing in them tells where they were taken.

Telephones write into a photo the place, the time and the device. All of it goes: what is stored is the
picture alone, upright, with the profile of its colours.
"""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

logger = logging.getLogger("mypart_wagtail.photos")

LARGEST_SIDE = 4096
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 100_000_000

KEPT_AS = {"PNG": "PNG", "WEBP": "WEBP"}
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 88},
}

register_heif_opener()
Image.init()
# Pillow knows many more formats, some of which start other programs.
READ: list[str] = [
    kind for kind in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "TIFF", "BMP") if kind in Image.OPEN
]


def clean_photo(file: Any) -> ContentFile:
    """The picture in ``file``, without metadata, upright, its longer side at most ``LARGEST_SIDE`` pixels.

    PNG and WebP stay what they are, everything else, HEIC too, becomes JPEG; of moving pictures the first
    frame stays. The name keeps its stem. Raises ``ValidationError`` for what is no picture or is too large.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("This photo is too large: at most %(most)s MB are taken. Choose it in a smaller size.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    file.seek(0)
    try:
        with Image.open(file, formats=READ) as image:
            _require_size(image)
            return _saved(image, Path(file.name or "photo").stem)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except ValidationError:
        raise
    except Exception as error:  # Readers of broken pictures fail in more ways than anybody lists.
        logger.info("A file could not be read as a picture", exc_info=True)
        raise ValidationError(
            _("This file cannot be read as a photo. Choose a JPEG, PNG or HEIC.")
        ) from error


def _require_size(image: Image.Image) -> None:
    """Before it is unpacked, which may take more memory than there is."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This photo has too many pixels: at most %(most)s megapixels are taken.")
        % {"most": MOST_PIXELS // 1_000_000}
    )


def _saved(image: Image.Image, stem: str) -> ContentFile:
    kind = KEPT_AS.get(image.format or "", "JPEG")
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(image)
    if kind == "JPEG" and upright.has_transparency_data:
        kind = "PNG"
    # The profile of a printer's colours is wrong for those of a screen.
    profile = upright.info.get("icc_profile") if upright.mode != "CMYK" else None
    # Some formats write comments and XMP from here unasked.
    upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
    if kind == "JPEG" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    written = BytesIO()
    upright.save(written, kind, icc_profile=profile, **OPTIONS[kind])
    return ContentFile(written.getvalue(), f"{stem}{SUFFIXES[kind]}")
