"""What becomes of a photo: the picture stays, everything that tells of the person who took it goes."""

import signal
import subprocess
import sys
from io import BytesIO
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mypart_wagtail import photos
from mypart_wagtail.doctor import Options, examine_photos
from mypart_wagtail.photos import LARGEST_SIDE, MOST_AT_ONCE, MOST_BYTES, PROGRAM, clean_photo
from tests.memory import memory_stays_small
from tests.photos import PLACE, bomb, hundred_megapixels, photo, picture, tells_place


def opened(file) -> Image.Image:
    return Image.open(BytesIO(file.read()))


@pytest.fixture
def time_enough(monkeypatch):
    """What becomes of a large photo is asked, not how fast this machine is, nor what else runs on it."""
    monkeypatch.setattr(photos, "MOST_CPU_SECONDS", 60)
    monkeypatch.setattr(photos, "LONGEST_WAIT_SECONDS", 120)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WEBP"), ("HEIF", "JPEG"), ("TIFF", "JPEG")],
)
def test_nothing_tells_where_by_what_and_how_a_photo_was_taken(kind, stored):
    file = clean_photo(photo(kind))
    content = file.read()
    assert not tells_place(content)
    assert Image.open(BytesIO(content)).format == stored


def test_what_only_calls_itself_a_profile_of_colours_goes():
    written = BytesIO()
    picture().save(written, "JPEG", icc_profile=PLACE * 10_000)
    assert PLACE in written.getvalue()
    stored = clean_photo(SimpleUploadedFile("boat.jpg", written.getvalue())).read()
    assert PLACE not in stored


def test_grey_of_sixteen_bits_stays_grey():
    written = BytesIO()
    Image.new("I;16", (60, 40), 30_000).save(written, "TIFF")
    stored = opened(clean_photo(SimpleUploadedFile("map.tiff", written.getvalue())))
    assert stored.convert("L").getpixel((5, 5)) == pytest.approx(30_000 / 256, abs=2)


def test_the_profile_of_colours_stays():
    assert opened(clean_photo(photo("JPEG"))).info["icc_profile"]


def test_a_photo_from_an_iphone_becomes_a_jpeg_under_its_own_name():
    file = clean_photo(photo("HEIF", name="Rejs.HEIC"))
    assert file.name == "Rejs.jpg"
    shown = opened(file)
    assert (shown.format, shown.size) == ("JPEG", (600, 400))


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_stands_upright_whichever_way_the_telephone_was_held(kind):
    """6: turned by a quarter, so that the left of what was stored is the top of what was seen."""
    shown = opened(clean_photo(photo(kind, orientation=6))).convert("RGB")
    assert shown.size == (400, 600)
    top, bottom = shown.getpixel((200, 50)), shown.getpixel((200, 550))
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


def test_a_large_photo_is_scaled_down_and_a_small_one_left():
    assert opened(clean_photo(photo(size=(5000, 1000)))).size == (LARGEST_SIDE, 819)
    assert opened(clean_photo(photo(size=(300, 200)))).size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_what_can_be_seen_through_stays_so(kind):
    drawn = picture().convert("RGBA")
    drawn.paste((0, 0, 0, 0), (0, 0, 100, 100))
    written = BytesIO()
    drawn.save(written, kind)
    shown = opened(clean_photo(SimpleUploadedFile("logo", written.getvalue())))
    assert shown.format == "PNG"
    assert shown.convert("RGBA").getpixel((0, 0))[3] == 0


def test_the_colours_of_a_printer_become_those_of_a_screen():
    written = BytesIO()
    picture().convert("CMYK").save(written, "JPEG", icc_profile=b"of a printer")
    shown = opened(clean_photo(SimpleUploadedFile("print.jpg", written.getvalue())))
    assert (shown.mode, shown.info.get("icc_profile")) == ("RGB", None)


def cut_off() -> SimpleUploadedFile:
    whole = photo().read()
    return SimpleUploadedFile("cut.jpg", whole[: len(whole) // 2])


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("letter.jpg", b"Dear all"),
        SimpleUploadedFile("empty.jpg", b""),
        SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        SimpleUploadedFile("print.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        cut_off(),
    ],
    ids=lambda file: file.name,
)
def test_what_is_no_photo_is_refused(file):
    with pytest.raises(ValidationError, match="cannot be read as a photo"):
        clean_photo(file)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unopened():
    with pytest.raises(ValidationError, match="too many pixels"):
        clean_photo(bomb())


def test_too_large_a_file_is_refused():
    with pytest.raises(ValidationError, match="20 MB"):
        clean_photo(SimpleUploadedFile("long.jpg", b"\0" * (MOST_BYTES + 1)))


def test_a_hundred_megapixels_are_refused_with_what_helps_and_cost_those_who_are_served_nothing():
    file = hundred_megapixels()
    with memory_stays_small(), pytest.raises(ValidationError, match="smaller size"):
        clean_photo(file)


def test_a_hundred_megapixels_are_taken_where_the_host_gives_them_memory(settings, time_enough):
    settings.MYPART = settings.MYPART | {"PHOTO_MEMORY": 1500}
    assert opened(clean_photo(hundred_megapixels())).size == (LARGEST_SIDE, LARGEST_SIDE)


@pytest.mark.parametrize("kind", ["HEIF", "JPEG"])
def test_the_largest_photo_that_telephones_take_is_taken(kind, time_enough):
    """48 megapixels: half of each side is nearly the longest that is kept, and all that is worked on."""
    assert opened(clean_photo(photo(kind, size=(8064, 6048)))).size == (4032, 3024)


def test_a_jpeg_of_a_hundred_megapixels_is_unpacked_at_half_its_size(time_enough):
    large = photo("JPEG", size=(11_500, 8_600))
    assert opened(clean_photo(large)).size == (LARGEST_SIDE, 3063)


def test_a_photo_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(photos, "LONGEST_WAIT_SECONDS", 0.01)
    with pytest.raises(ValidationError, match="smaller size"):
        clean_photo(photo())


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Put another program in the place of the one that reads photos."""

    def put(text: str) -> None:
        path = tmp_path / "program.py"
        path.write_text(text)
        monkeypatch.setattr(photos, "PROGRAM", path)

    return put


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGXCPU])
def test_a_process_that_the_system_ends_is_a_photo_too_large(program, ending):
    program(f"import os; os.kill(os.getpid(), {int(ending)})")
    with pytest.raises(ValidationError, match="smaller size"):
        clean_photo(photo())


def test_processor_time_is_bounded_by_the_system():
    busy = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from photo_process import limit; limit(memory=512, seconds=1)\n"
        "while True: pass"
    )
    ended = subprocess.run([sys.executable, "-c", busy, str(PROGRAM.parent)], check=False, timeout=120)
    assert ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_the_process_that_reads_photos_loads_nothing_of_django():
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import photo_process; "
        "print({name.split('.')[0] for name in sys.modules} & {'django', 'wagtail', 'mypart_wagtail'})"
    )
    command = [sys.executable, "-P", "-c", script, str(PROGRAM.parent)]
    ended = subprocess.run(command, capture_output=True, check=True, text=True)
    assert ended.stdout.strip() == "set()"


def test_a_process_that_cannot_start_is_no_fault_of_the_photo_and_the_doctor_tells_it(program, caplog):
    program("import no_such_library")
    with pytest.raises(ValidationError, match="at the moment"):
        clean_photo(photo())
    assert "no_such_library" in caplog.text
    [finding] = examine_photos(Options())
    assert finding.remedy


def test_the_doctor_has_a_photo_read():
    [finding] = examine_photos(Options())
    assert not finding.remedy
    assert "512 MB" in finding.message


def test_of_many_photos_sent_at_once_a_few_are_read_and_the_others_wait(program, tmp_path):
    """Each reader notes that it began, waits a little, and notes that it ended."""
    program(
        f"""
import os, time

log = os.open({str(tmp_path / "log")!r}, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
os.write(log, b"+")
time.sleep(0.3)
os.write(log, b"-")
print('{{"kind": "JPEG"}}')
"""
    )
    senders = [Thread(target=clean_photo, args=[photo()]) for _sender in range(3 * MOST_AT_ONCE)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    at_once = most = 0
    for mark in (tmp_path / "log").read_text():
        at_once += 1 if mark == "+" else -1
        most = max(most, at_once)
    assert (at_once, most) == (0, MOST_AT_ONCE)
