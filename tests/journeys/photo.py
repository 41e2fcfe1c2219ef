"""A photo as a telephone takes it."""

from io import BytesIO

from PIL import Image

SKY, LAKE = (120, 170, 220), (30, 80, 140)


def photo(name: str = "IMG_2041.jpg") -> dict[str, str | bytes]:
    """Return a JPEG to be chosen in a box for files."""
    drawn = Image.new("RGB", (1600, 1200), SKY)
    drawn.paste(LAKE, (0, 700, 1600, 1200))
    written = BytesIO()
    drawn.save(written, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}
