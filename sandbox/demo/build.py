"""The demo as a whole, in the order in which one thing needs another."""

from django.utils import translation

from sandbox.demo.accessibility import make_accessibility_statement
from sandbox.demo.authority import make_authority
from sandbox.demo.awards import make_awards
from sandbox.demo.calls import make_calls
from sandbox.demo.directory import make_directory
from sandbox.demo.groups import join_groups
from sandbox.demo.guide import make_guide
from sandbox.demo.news import make_news
from sandbox.demo.newsletter import make_newsletter
from sandbox.demo.notices import make_notices
from sandbox.demo.offers import make_offers
from sandbox.demo.organisations import make_organisations
from sandbox.demo.pages import POLISH, make_site
from sandbox.demo.people import SUPERUSER, make_people
from sandbox.demo.portal import make_portal
from sandbox.demo.publishing import make_publishing


def build() -> None:
    """Make whatever of the demo is not there yet."""
    with translation.override(POLISH):
        people = make_people()
        editor = people[SUPERUSER]
        pages = make_site(editor)
        organisations = make_organisations(people)
        make_directory(pages, organisations, people["clerk"], editor)
        make_guide(pages, organisations.get("kot"), editor)
        make_accessibility_statement(pages, editor)
        make_portal(pages, editor)
        make_news(pages, editor)
        make_notices(pages, organisations, editor)
        join_groups(
            people,
            home=[pages.home, *pages.home.get_translations()],
            calls=[pages.calls, *pages.calls.get_translations()],
        )
        make_publishing(people, organisations["ganek"], pages.site)
        authority = make_authority(pages.site)
        calls = make_calls(pages.calls, authority, people["clerk"], pages.english)
        make_offers(people, organisations, calls)
        make_awards(pages.site, organisations, calls)
        make_newsletter(pages.site, editor)
