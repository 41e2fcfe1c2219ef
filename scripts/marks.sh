#!/bin/sh
# Which tests can run here, as pytest's -m takes it. What is left out is said in words; CI leaves out nothing.
set -eu
cd "$(dirname "$0")/.."

if missing=$("${PYTHON:-.venv/bin/python}" -m tests.deployment.throwaway --missing); then
    echo "not benchmark"
elif [ -n "${CI:-}" ]; then
    echo "Not installed: $missing" >&2
    exit 1
else
    echo "LEFT OUT: the tests of several processes over one PostgreSQL, and behind nginx. To run them, install: $missing" >&2
    echo "not benchmark and not servers"
fi
