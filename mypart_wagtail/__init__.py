"""Installable Wagtail apps for cities and NGO centres."""

__version__ = "0.1.0"
