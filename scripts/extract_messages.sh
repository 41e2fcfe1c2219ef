#!/bin/sh
# Extract messages of the package, its blocks and the sandbox into locale/. Needs gettext.
set -eu
cd "$(dirname "$0")/.."
exec "${PYTHON:-.venv/bin/python}" -m django makemessages --locale pl --no-wrap --no-location \
  --extension html,txt,py --ignore tests --ignore build --ignore dist --ignore .venv --ignore var --ignore 'mypart_wagtail/blocks'
