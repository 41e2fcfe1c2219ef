"""The process in which one picture is read: ``python photo_process.py '{"side": 4096, …}' < in > out``.

A small file may unpack to gigabytes, and readers of pictures have had their faults. So none is unpacked
where people are served: here memory and time are bounded, no other file is written, and nothing is known
of Django or of the package. The first line of the answer is JSON: ``{"kind": "JPEG"}`` with the picture
after it, or ``{"refused": "unreadable"}``, ``"too many pixels"`` or ``"too large"``.
"""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps
from pillow_heif import options, register_heif_opener

try:
    import resource
except ImportError:  # On Windows only the time that our caller waits is bounded.
    resource = None  # type: ignore[assignment]

KEPT_AS = {"PNG": "PNG", "WEBP": "WEBP"}
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True},  # Progressive would take three times as long.
    "PNG": {},
    "WEBP": {"quality": 88},
}
NEARLY = 0.9
"""The part of the longest side with which a picture does too, where it costs much less."""
MEGABYTE = 1024 * 1024
BYTES_PER_PIXEL = 4
LONGEST_PROFILE = 64 * 1024
"""Bytes of the profile of a screen's or a telephone's colours; theirs take a few thousand."""

# Each thread would ask for memory of its own.
options.DECODE_THREADS = 1
register_heif_opener(thumbnails=False)
Image.init()
# Pillow knows many more formats, some of which start other programs.
READ: list[str] = [
    kind for kind in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "TIFF", "BMP") if kind in Image.OPEN
]


class Refused(Exception):
    """The picture is not taken; the argument is the reason, as our caller is told it."""


def answer(given: BinaryIO, taken: BinaryIO, *, side: int, pixels: int, memory: int, seconds: int) -> None:
    """Read the picture in ``given`` within the bounds and write it to ``taken``, with what became of it.

    ``side``: its longest side then. ``pixels``: how many it may have. ``memory``: megabytes.
    """
    limit(memory=memory, seconds=seconds)
    if hasattr(os, "nice"):
        os.nice(10)  # Those who are served go first.
    try:
        kind, content = read(given, side=side, pixels=pixels, memory=memory)
        told = {"kind": kind}
    except Refused as refused:
        content, told = b"", {"refused": str(refused)}
    taken.write(json.dumps(told).encode() + b"\n")
    taken.write(content)


def limit(*, memory: int, seconds: int) -> None:
    """Bound what this process may take; where the system refuses a bound, the others hold."""
    if resource is None:
        return
    bounds = {
        resource.RLIMIT_AS: memory * MEGABYTE,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        try:
            resource.setrlimit(kind, (bound, bound))
        except (OSError, ValueError):
            continue


def read(given: BinaryIO, *, side: int, pixels: int, memory: int) -> tuple[str, bytes]:
    """The format in which the picture in ``given`` is kept, and the picture. Raises ``Refused``."""
    needed = 0
    try:
        with Image.open(BytesIO(given.read()), formats=READ) as image:
            if image.width * image.height > pixels:
                raise Refused("too many pixels")
            scale_while_reading(image, side)
            needed = image.width * image.height * BYTES_PER_PIXEL
            return saved(image, side)
    except Image.DecompressionBombError as error:
        raise Refused("too many pixels") from error
    except MemoryError as error:
        raise Refused("too large") from error
    except Refused:
        raise
    except Exception as error:  # Readers of broken pictures fail in more ways than anybody lists.
        # Some readers do not tell that it was memory they lacked.
        reason = "too large" if 2 * needed > memory * MEGABYTE else "unreadable"
        raise Refused(reason) from error


def scale_while_reading(image: Image.Image, side: int) -> None:
    """Let a JPEG be unpacked at a half, a quarter or an eighth of its size where that is nearly enough."""
    scale = min(1, NEARLY * side / max(image.size))
    image.draft(None, (round(image.width * scale), round(image.height * scale)))


def saved(image: Image.Image, side: int) -> tuple[str, bytes]:
    """The picture alone, upright, at most ``side`` pixels long, with the profile of its colours."""
    kind = KEPT_AS.get(image.format or "", "JPEG")
    upright = ImageOps.exif_transpose(scaled(image, side))
    if kind == "JPEG" and upright.has_transparency_data:
        kind = "PNG"
    # The profile of a printer's colours is wrong for those of a screen.
    profile = colour_profile(upright) if upright.mode != "CMYK" else None
    # Some formats write comments and XMP from here unasked.
    upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
    if kind == "JPEG" and upright.mode.startswith("I"):  # 16 bits of grey, which `convert` would cut off.
        upright = upright.convert("I").point(lambda grey: grey / 256).convert("L")
    if kind == "JPEG" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    written = BytesIO()
    upright.save(written, kind, icc_profile=profile, **OPTIONS[kind])
    return kind, written.getvalue()


def scaled(image: Image.Image, side: int) -> Image.Image:
    """``image``, at most ``side`` pixels long, in the cheapest way that looks good.

    Where a whole part of its size is nearly enough, as with what telephones take, its pixels are averaged.
    """
    part = -(-max(image.size) // side)
    if part > 1 and image.mode in ("L", "RGB") and max(image.size) / part >= NEARLY * side:
        reduced = image.reduce(part)
        reduced.info, reduced.format = image.info, image.format
        return reduced
    image.thumbnail((side, side), Image.Resampling.HAMMING, reducing_gap=1.0)
    return image


def colour_profile(image: Image.Image) -> bytes | None:
    """The profile of the colours of ``image``, unless it is none, or hides more than a profile needs."""
    profile = image.info.get("icc_profile")
    if not profile or len(profile) > LONGEST_PROFILE:
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except (OSError, ImageCms.PyCMSError):
        return None
    return profile


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer, **json.loads(sys.argv[1]))
