"""Photos as telephones send them, for tests."""

import struct
from io import BytesIO
from zlib import compressobj, crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms
from PIL.ExifTags import IFD, Base
from PIL.TiffImagePlugin import IFDRational
from pillow_heif import register_heif_opener

register_heif_opener()

PLACE = b"Myslowice, at home"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
RED, BLUE = (200, 0, 0), (0, 0, 200)


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: device, place, and how it was held."""
    data = Image.Exif()
    data[Base.Make], data[Base.Orientation] = PLACE.decode(), orientation
    place = data.get_ifd(IFD.GPSInfo)
    place[1], place[2] = "N", (IFDRational(50), IFDRational(14), IFDRational(0))
    place[3], place[4] = "E", (IFDRational(19), IFDRational(8), IFDRational(0))
    return data


def picture(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Red on the left, blue on the right."""
    drawn = Image.new("RGB", size, RED)
    drawn.paste(BLUE, (size[0] // 2, 0, *size))
    return drawn


def photo(
    kind: str = "JPEG", *, size: tuple[int, int] = (600, 400), orientation: int = 1, name: str = ""
) -> SimpleUploadedFile:
    """A file with its place in every corner where its format keeps such a thing."""
    options = {
        "exif": exif(orientation).tobytes(),
        "icc_profile": PROFILE,
    }
    if kind == "JPEG":
        options |= {"xmp": XMP, "comment": PLACE}
    elif kind in ("WEBP", "HEIF"):
        options |= {"xmp": XMP}
    if kind == "HEIF":
        options["enc_params"] = {"preset": "ultrafast"}
    written = BytesIO()
    picture(size).save(written, kind, **options)
    assert PLACE in written.getvalue()
    suffix = {"JPEG": "jpg", "HEIF": "heic"}.get(kind, kind.lower())
    return SimpleUploadedFile(name or f"IMG_2041.{suffix}", written.getvalue())


def bomb() -> SimpleUploadedFile:
    """A small file that unpacks to more pixels than a telephone can take."""
    written = BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    return SimpleUploadedFile("bomb.png", written.getvalue())


def hundred_megapixels() -> SimpleUploadedFile:
    """One colour: 300 KB, and 400 MB unpacked. Written by lines, so that this process never holds it."""
    width = height = 10_000
    line = b"\x00" + bytes(RED) * width
    packer = compressobj(1)
    packed = b"".join([*(packer.compress(line) for _line in range(height)), packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header), _chunk(b"IDAT", packed), _chunk(b"IEND", b"")]
    return SimpleUploadedFile("hundred.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def tells_place(content: bytes) -> bool:
    """Whether anything of what ``photo`` wrote beside the picture is still there."""
    with Image.open(BytesIO(content)) as opened:
        return PLACE in content or bool(opened.getexif()) or bool(opened.info.get("comment"))
