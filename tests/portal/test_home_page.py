"""The home page opens quickly, also for the first visitor after a change."""

import pytest
from django.core.cache import cache
from wagtail.models import Site

from tests.benchmarks.test_portal import MOST_QUERIES, furnished
from tests.sites import default_site


@pytest.mark.django_db
def test_a_home_page_of_twelve_lists_asks_the_database_thirty_times_at_most(
    client, django_assert_max_num_queries
):
    address = furnished(default_site()).get_url()
    client.get(address)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)
