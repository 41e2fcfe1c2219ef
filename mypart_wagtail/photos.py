"""Photos as people send them, made fit for everybody's eyes: nothing in them tells where they were taken.

Telephones write into a photo the place, the time and the device. All of it goes: what is stored is the
picture alone, upright, with the profile of its colours. It is read in a process of its own, see
``photo_process.py``, so that no file takes the memory or the time of those who are served meanwhile.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from mypart_wagtail.conf import mypart_settings

logger = logging.getLogger("mypart_wagtail.photos")

LARGEST_SIDE = 4096
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 100_000_000
MOST_CPU_SECONDS = 3
"""Processor time of one photo: what telephones take needs less than two, on a busy machine too."""
LONGEST_WAIT_SECONDS = 20
"""How long a person waits for one photo."""
LONGEST_TURN_SECONDS = 3
"""How long a person waits for the photos of others: whoever waits holds a thread that serves people."""
MOST_AT_ONCE = 2
"""Photos that one web process has read at once. The others wait, so that memory for these two is enough."""

KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LANG", "SYSTEMROOT")
"""What that process needs in order to start. It is told no secrets that a picture could be made to steal."""
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
PROGRAM = Path(__file__).with_name("photo_process.py")

_reading = BoundedSemaphore(MOST_AT_ONCE)


class NotStarted(Exception):
    """The process that reads photos does not work on this machine."""


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
        kind, content = read_photo(file.read())
    except NotStarted as error:
        logger.exception("No photo can be read")
        raise ValidationError(_("No photos can be taken at the moment. Try again later.")) from error
    return ContentFile(content, f"{Path(file.name or 'photo').stem}{SUFFIXES[kind]}")


def read_photo(content: bytes) -> tuple[str, bytes]:
    """The format in which a picture is kept, and the picture alone, both from the process that reads it.

    Raises ``ValidationError`` in the words for the person who sent it, and ``NotStarted``.
    """
    if not _reading.acquire(timeout=LONGEST_TURN_SECONDS):
        raise ValidationError(_("Many photos are being sent just now. Try again in a minute."))
    try:
        ended = _run(content)
    except subprocess.TimeoutExpired as error:
        raise _too_large() from error
    except OSError as error:
        raise NotStarted(str(error)) from error
    finally:
        _reading.release()
    if ended.returncode < 0:  # Killed by a signal: it was out of time, or out of the machine's memory.
        logger.warning("The process that read a photo was ended by signal %s", -ended.returncode)
        raise _too_large()
    if ended.returncode:
        raise NotStarted(ended.stderr.decode(errors="replace"))
    told, _newline, picture = ended.stdout.partition(b"\n")
    answer = json.loads(told)
    if "refused" in answer:
        raise _refusal(answer["refused"])
    return answer["kind"], picture


def _run(content: bytes) -> subprocess.CompletedProcess[bytes]:
    bounds = {
        "side": LARGEST_SIDE,
        "pixels": MOST_PIXELS,
        "memory": mypart_settings.PHOTO_MEMORY,
        "seconds": MOST_CPU_SECONDS,
    }
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return subprocess.run(  # noqa: S603 - a program of ours; the picture is no argument
        # -P: modules beside the program, which may be called as those of Python are, are not found.
        [sys.executable, "-P", str(PROGRAM), json.dumps(bounds)],
        input=content,
        capture_output=True,
        timeout=LONGEST_WAIT_SECONDS,
        # Memory of each thread is laid aside in large pieces, which would count as used.
        env=kept | {"MALLOC_ARENA_MAX": "1"},
        check=False,
    )


def _refusal(reason: str) -> ValidationError:
    match reason:
        case "too many pixels":
            return ValidationError(
                _(
                    "This photo has too many pixels: at most %(most)s megapixels are taken. Choose it in a "
                    "smaller size."
                )
                % {"most": MOST_PIXELS // 1_000_000}
            )
        case "too large":
            return _too_large()
    return ValidationError(_("This file cannot be read as a photo. Choose a JPEG, PNG or HEIC."))


def _too_large() -> ValidationError:
    return ValidationError(
        _("This photo is too large to be read here. Choose it in a smaller size, or save it as a JPEG first.")
    )
