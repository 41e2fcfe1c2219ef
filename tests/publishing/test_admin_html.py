"""Our screens in the Wagtail admin are valid HTML, as far as they are ours."""

import pytest
from django.urls import reverse

from tests.browser.nu import find_errors
from tests.newsletter.editions import edition, newsletter
from tests.publishing.writers import draft, moderator, submitted, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def screens(client, club, admin_user):
    """HTML by name, each as the person sees it whom it is for."""
    ewa, anna = writer(club, "ewa"), moderator()
    piece, state = draft(club, ewa), submitted(draft(club, ewa, "Waiting"), ewa)
    piece.save_revision(user=ewa).publish()
    newsletter()
    wanted = {
        "bare": (admin_user, "wagtailadmin_reports:locked_pages", []),
        "dashboard of a publisher": (ewa, "wagtailadmin_home", []),
        "take back": (ewa, "mypart_admin_moderation:take_back", [state.workflow_state.object_id]),
        "withdraw": (ewa, "mypart_admin_moderation:withdraw", [piece.pk]),
        "queue": (anna, "mypart_admin_moderation:index", []),
        "review": (anna, "mypart_admin_moderation:review", [state.pk]),
        "edition": (admin_user, "mypart_admin_editions:inspect", [edition().pk]),
        "sending an edition": (admin_user, "mypart_admin_editions:send", [edition(subject="Spring").pk]),
    }
    found = {}
    for name, (user, view, args) in wanted.items():
        client.force_login(user)
        response = client.get(reverse(view, args=args))
        assert response.status_code == 200, name
        found[name] = response.content.decode()
    return found


def test_our_screens_add_no_fault_to_those_of_wagtail(screens):
    errors = {name: {error["message"] for error in found} for name, found in find_errors(screens).items()}
    wagtails = errors.pop("bare")
    assert {name: found - wagtails for name, found in errors.items() if found - wagtails} == {}
