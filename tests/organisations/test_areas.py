"""The areas of public tasks are those of the law, in its words."""

from mypart_wagtail.organisations.areas import area_name, public_tasks


def test_the_areas_are_the_statutory_list():
    assert len(public_tasks()) == 40
    assert area_name("17") == "wspieranie i upowszechnianie kultury fizycznej"
    assert area_name("99") == "99"
