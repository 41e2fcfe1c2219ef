"""Pictures of the demo, drawn with Pillow, so that no photograph of anybody is needed."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

WIDTH, HEIGHT = 1200, 800
# Drawn larger and made smaller, which smooths the edges.
SCALE = 2

BAND, SUN, CREAM, BRICK, SEA, RED = "#0a4a4b", "#ffb92e", "#f6e7c8", "#a8452d", "#2a9d8f", "#e4572e"
NIGHT = "#123a4d"

Box = tuple[float, float, float, float]


class Canvas:
    """Shapes on a grid of 1200 × 800."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), background)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, box: Box, colour: str) -> None:
        self._draw.rectangle(_scaled(box), fill=colour)

    def disc(self, box: Box, colour: str) -> None:
        self._draw.ellipse(_scaled(box), fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, points: list[tuple[float, float]], colour: str, width: int) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=width * SCALE, joint="curve")

    def png(self) -> bytes:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()


def _scaled(box: Box) -> list[float]:
    return [number * SCALE for number in box]


def _town(canvas: Canvas) -> None:
    canvas.disc((820, 90, 1000, 270), SUN)
    canvas.disc((-200, 520, 800, 1300), "#0f6160")
    canvas.disc((500, 560, 1500, 1400), "#0d5555")
    canvas.line([(200, 620), (260, 260), (330, 260), (390, 620)], CREAM, 14)
    for height in (340, 440, 540):
        canvas.line([(246, height), (344, height)], CREAM, 10)
    for left in (210, 300):
        canvas.disc((left, 190, left + 84, 274), RED)
        canvas.disc((left + 18, 208, left + 66, 256), BAND)
    canvas.box((480, 420, 740, 660), BRICK)
    canvas.shape([(460, 420), (520, 340), (700, 340), (760, 420)], "#3b2a33")
    for left in (510, 590, 670):
        canvas.box((left, 460, left + 44, 530), SUN)
    canvas.box((880, 380, 950, 640), CREAM)
    canvas.shape([(880, 380), (915, 250), (950, 380)], CREAM)
    canvas.box((950, 470, 1080, 640), "#ecd6ab")
    canvas.box((0, 660, 1200, 800), "#083c3d")


def _sail(canvas: Canvas) -> None:
    canvas.disc((860, 100, 1040, 280), SUN)
    canvas.box((0, 560, 1200, 800), SEA)
    canvas.shape([(600, 120), (600, 520), (300, 520)], "#ffffff")
    canvas.shape([(620, 180), (620, 520), (830, 520)], CREAM)
    canvas.shape([(320, 545), (860, 545), (770, 650), (410, 650)], BRICK)
    for left in (80, 420, 760):
        canvas.line([(left, 720), (left + 120, 700), (left + 240, 720)], "#8bd3c7", 10)


def _notes(canvas: Canvas) -> None:
    for height in range(240, 600, 80):
        canvas.box((80, height, 1120, height + 6), "#c9b895")
    notes = [(220, 480, RED), (460, 400, SEA), (700, 320, BAND), (940, 440, BRICK)]
    for left, top, colour in notes:
        canvas.disc((left, top, left + 110, top + 84), colour)
        canvas.box((left + 98, top - 200, left + 112, top + 44), colour)
        canvas.shape([(left + 98, top - 200), (left + 180, top - 130), (left + 98, top - 120)], colour)


def _house(canvas: Canvas) -> None:
    canvas.disc((120, 100, 220, 200), CREAM)
    canvas.box((0, 660, 1200, 800), "#0b2734")
    canvas.box((330, 340, 870, 680), BRICK)
    canvas.shape([(290, 350), (600, 130), (910, 350)], RED)
    canvas.box((520, 450, 680, 680), CREAM)
    for left in (380, 720):
        canvas.box((left, 420, left + 100, 540), SUN)
        canvas.box((left + 46, 420, left + 54, 540), BRICK)


def _logo_tower(canvas: Canvas) -> None:
    canvas.disc((300, 100, 900, 700), BAND)
    canvas.box((520, 260, 680, 560), CREAM)
    canvas.shape([(500, 260), (600, 150), (700, 260)], SUN)
    canvas.box((570, 440, 630, 560), BAND)


def _logo_circle(canvas: Canvas) -> None:
    for left, top, colour in ((330, 180, RED), (570, 180, SUN), (450, 370, SEA)):
        canvas.disc((left, top, left + 300, top + 300), colour)


def _logo_porch(canvas: Canvas) -> None:
    canvas.shape([(250, 380), (600, 120), (950, 380)], BRICK)
    for left in (330, 570, 810):
        canvas.box((left, 400, left + 60, 680), BAND)
    canvas.box((270, 680, 930, 720), BAND)


def _logo_star(canvas: Canvas) -> None:
    canvas.shape([(600, 100), (690, 330), (930, 340), (740, 490), (810, 720), (600, 590)], SUN)
    canvas.shape([(600, 100), (510, 330), (270, 340), (460, 490), (390, 720), (600, 590)], RED)


DRAWINGS: dict[str, tuple[str, Callable[[Canvas], None]]] = {
    "town": (BAND, _town),
    "sail": ("#bfe3e6", _sail),
    "notes": (CREAM, _notes),
    "house": (NIGHT, _house),
    "logo-tower": ("#ffffff", _logo_tower),
    "logo-circle": ("#ffffff", _logo_circle),
    "logo-porch": ("#ffffff", _logo_porch),
    "logo-star": ("#ffffff", _logo_star),
}


def draw(name: str) -> bytes:
    """The picture ``name`` of ``DRAWINGS`` as PNG."""
    background, paint = DRAWINGS[name]
    canvas = Canvas(background)
    paint(canvas)
    return canvas.png()


def stored_drawing(name: str) -> Any:
    """The picture ``name`` in Wagtail's library, drawn the first time."""
    images = get_image_model()
    title = f"My PART: {name}"
    found = images.objects.filter(title=title).first()
    return found or images.objects.create(title=title, file=ContentFile(draw(name), f"{name}.png"))
