"""Two web processes and a worker over one PostgreSQL: to people they are one service that loses nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from mypart_wagtail.conf import DEFAULTS
from tests.deployment.city import REPOSITORY, WEB_OPTIONS, Browser, City
from tests.deployment.throwaway import wait_for
from tests.people import PASSWORD

pytestmark = pytest.mark.servers

LEASES_ARE_OVER = """
from django.utils import timezone
from mypart_wagtail.models import OutgoingMail
OutgoingMail.objects.exclude(claimed_until=None).update(claimed_until=timezone.now())
"""

CLUB = "Klub Żeglarski Szkwał"
TITLE = "Letnia szkoła żeglarstwa dla dzieci"


@pytest.fixture
def signer(city) -> Browser:
    """Someone who may submit, signed in on the first web process."""
    return signed_in(city)


def signed_in(city: City) -> Browser:
    browser = Browser(city)
    answer = browser.fill_in(
        city.addresses["sign_in"], {"login": "signer@example.org", "password": PASSWORD}, process=0
    )
    assert answer.status_code == 302, answer.text
    return browser


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each of ``deeds`` gave, all begun at the same moment."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        ready.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [future.result() for future in [threads.submit(do, deed) for deed in deeds]]


def change(path: str, text: str, based_on: str) -> dict[str, Any]:
    deed = {"id": str(uuid4()), "deed": "set", "path": path, "text": text, "based_on": based_on}
    return {"changes": [deed], "section": "description"}


def standing(signer: Browser, address: str, path: str) -> str:
    """The text that stands in a field now: a change of another text is in conflict and tells it."""
    answer = signer.send(address, change(path, "any", "another text"), 0).json()
    assert answer["outcomes"][0]["result"] == "conflict"
    return answer["fields"][path]["text"]


def test_what_runs_here_is_what_the_documentation_says():
    told = (REPOSITORY / "docs/how-to/run-on-a-server.md").read_text().replace('"', "")
    assert all(option in told for option in WEB_OPTIONS)


def test_the_doctor_finds_no_fault_while_a_worker_runs(city):
    with city.worker():
        told = city.manage("mypart_doctor", "--send-to", "clerk@example.org", "--patience", "60")
    assert "OK    tasks: a worker has done one" in told
    assert city.mails_about("mypart_doctor") == ["clerk@example.org"]


def test_who_signed_in_on_one_process_is_signed_in_on_the_other(city, signer):
    for process in (0, 1):
        assert "signer@example.org" not in signer.get(city.addresses["sign_in"], process).text
        assert CLUB in signer.get(city.addresses["applications"], process).text


def test_who_is_nobody_is_let_in_by_neither(city):
    for process in (0, 1):
        assert Browser(city).get(city.addresses["typed_tasks"], process).status_code == 302


def test_cookies_go_over_https_alone_and_no_script_reads_the_session(city, signer):
    cookies = {cookie.name: cookie for cookie in signer.session.cookies}
    assert cookies["sessionid"].secure
    assert cookies["csrftoken"].secure
    assert "HttpOnly" in cookies["sessionid"]._rest


def test_typing_in_different_fields_on_both_processes_loses_nothing(city, signer):
    address = city.addresses["typed_changes"]
    fields = {"title": TITLE, "contact_person": "Anna Nowak, tel. 32 222 00 00, anna@example.org"}

    def type_in(process: int, path: str, typed: str) -> list[str]:
        results = []
        for letter in "zmiana":
            body = change(path, typed + letter, typed)
            answer = signer.send(address, body, process).json()
            results.append(answer["outcomes"][0]["result"])
            typed += letter
        return results

    outcomes = at_once(
        *[
            lambda process=process, path=path, text=text: type_in(process, path, text)
            for process, (path, text) in enumerate(fields.items())
        ]
    )
    assert outcomes == [["applied"] * 6] * 2
    for path, text in fields.items():
        assert standing(signer, address, path) == text + "zmiana"


def test_typing_in_one_field_on_both_processes_overwrites_nobody(city, signer):
    address = city.addresses["typed_changes"]
    now = standing(signer, address, "contact_person")
    answers = at_once(
        *[
            lambda process=process: signer.send(
                address, change("contact_person", f"Osoba {process}", now), process
            ).json()
            for process in (0, 1)
        ]
    )
    outcomes = [answer["outcomes"][0] for answer in answers]
    assert sorted(outcome["result"] for outcome in outcomes) == ["applied", "conflict"]
    (conflict,) = [outcome for outcome in outcomes if outcome["result"] == "conflict"]
    assert conflict["current"] in ("Osoba 0", "Osoba 1")


def awaiting_pdf(city) -> int:
    """How many submitted versions have no PDF yet. Opening one makes it, so nobody may ask by opening it."""
    count = (
        "from mypart_wagtail.generator.models import Snapshot; print(Snapshot.objects.awaiting_pdf().count())"
    )
    return int(city.manage("shell", "--command", count).split()[-1])


def test_submitted_on_both_processes_at_once_it_is_submitted_once_printed_and_mailed_once(city, signer):
    address = city.addresses["submitted_submit"]
    browsers = [signed_in(city), signed_in(city)]
    opened = [browser.hidden(address, process) for process, browser in enumerate(browsers)]
    answers = at_once(
        *[
            lambda process=process, browser=browser: browser.post(address, opened[process], process)
            for process, browser in enumerate(browsers)
        ]
    )
    assert [answer.headers.get("Location") for answer in answers] == [city.addresses["submitted_receipt"]] * 2
    assert "MYS/2026/1/1" in signer.get(city.addresses["submitted_receipt"], 1).text
    assert awaiting_pdf(city) == 1

    with city.worker():
        wait_for(lambda: awaiting_pdf(city) == 0, "the worker to make the PDF")
        assert signer.get(city.addresses["submitted_offer_pdf"], 1).content.startswith(b"%PDF")
        wait_for(lambda: len(city.mails_about(city.addresses["submitted_receipt"])) == 2, "the mail")
    assert sorted(city.mails_about(city.addresses["submitted_receipt"])) == [
        "klub@example.org",
        "signer@example.org",
    ]
    assert "everything matches" in city.manage("mypart_verify")


def test_a_worker_killed_in_the_middle_of_its_work_loses_nothing(city, signer):
    receipt = city.addresses["interrupted_receipt"]
    pdf = city.addresses["interrupted_offer_pdf"]
    city.mail.answers.clear()
    answer = signer.fill_in(city.addresses["interrupted_submit"], {}, 1)
    assert answer.headers["Location"] == receipt

    with city.worker() as worker:
        wait_for(lambda: city.mail.kept_waiting, "the worker to be in the middle of a mail")
        worker.kill()
        worker.wait()
    city.mail.answers.set()
    assert city.mails_about(receipt) == []

    with city.worker():
        wait_for(lambda: signer.get(pdf, 0).content.startswith(b"%PDF"), "the PDF")
        wait_for(lambda: len(city.mails_about(receipt)) == 1, "the mail of the other task")
        # What the killed worker held goes with the next run of what cron runs once its lease is over.
        city.manage("shell", "-c", LEASES_ARE_OVER)
        city.manage("mypart_send_mail")
    assert sorted(city.mails_about(receipt)) == ["klub@example.org", "signer@example.org"]
    city.manage("mypart_render_pdfs")
    assert "everything matches" in city.manage("mypart_verify")


def test_a_web_process_that_dies_takes_nothing_with_it(city, signer):
    with city.web_process() as port:
        city.ports.append(port)
        address = city.addresses["typed_changes"]
        text = "Napisane w procesie, który zaraz zginie"
        typed = change("experience", text, "Od dziesięciu lat prowadzimy szkółkę żeglarską.")
        answer = signer.send(address, typed, 2)
        assert answer.json()["outcomes"][0]["result"] == "applied"
    kept = signer.send(address, change("experience", text, text), 0).json()
    assert kept["fields"]["experience"]["text"] == text


def test_rates_are_counted_over_all_processes_together(city):
    """Half of the allowed number of tries on each process: the next one is too many on either."""
    visitor = Browser(city, address="198.51.100.9")
    allowed = int(DEFAULTS["PUBLIC_FORM_RATE"].partition("/")[0])
    sign_up = city.addresses["sign_up"]
    tries = [visitor.fill_in(sign_up, {}, number % 2).status_code for number in range(allowed)]
    assert tries == [200] * allowed
    assert [visitor.fill_in(sign_up, {}, process).status_code for process in (0, 1)] == [429, 429]
    assert Browser(city, address="198.51.100.10").fill_in(sign_up, {}).status_code == 200


def test_static_files_come_with_names_of_their_content_and_may_be_kept_for_ever(city):
    page = Browser(city).get(city.addresses["sign_in"]).text
    stylesheet = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    answer = Browser(city).get(stylesheet, 1)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
