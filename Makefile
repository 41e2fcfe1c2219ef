# Everything a person needs: make demo, make test. The rest is for those who work on the package.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python sandbox/manage.py
PORT ?= 8000
# Off, so that the demo shows the error pages that visitors get; `make demo DEBUG=true` shows Django's.
# Other tools read a DEBUG of their own from the environment, such as DEBUG='*': it says nothing here.
DEBUG = false
# Where the demo is found, for the links in what it mails.
export BASE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: demo demo-data demo-server demo-reset test test-quick test-postgres journeys lint bench messages compile \
	programs screenshots lighthouse

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

compile: $(VENV)/.installed
	$(BIN)/python scripts/compile_messages.py

demo: demo-data
	$(MAKE) demo-server

demo-data: compile
	DEBUG=true $(MANAGE) migrate --verbosity 0
	DEBUG=true $(MANAGE) mypart_demo

# RUNSERVER: options of Django's runserver.
demo-server: compile
	DEBUG=$(DEBUG) $(MANAGE) runserver $(RUNSERVER) 127.0.0.1:$(PORT)

demo-reset: compile
	sh scripts/remove_demo.sh
	$(MAKE) demo

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z -- '*.html' | xargs -0 $(BIN)/djade --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run

programs: $(VENV)/.installed
	PYTHON=$(BIN)/python sh scripts/install_programs.sh

test: compile programs lint
	marks=$$(PYTHON=$(BIN)/python sh scripts/marks.sh) && \
	$(BIN)/python -m slipcover --json --out .coverage.json -m pytest -n 2 -m "$$marks" --check-marks
	$(BIN)/python -m slipcover --merge .coverage.json --out .coverage.json --fail-under 95

# One app in under two minutes: make test-quick APP=grants. What is left out: docs/explanation/testing.md.
test-quick: compile
	@test -n "$(APP)" -a -d "tests/$(APP)" || { echo "Name an app: make test-quick APP=grants"; exit 1; }
	$(BIN)/pytest -n 2 -q -m "not benchmark and not browser and not servers and not slow" tests/$(APP)

# What can differ from one database to another, on a PostgreSQL of its own. Tests that start one themselves ran already.
test-postgres: compile programs
	$(BIN)/python -m tests.deployment.throwaway $(BIN)/pytest -n 2 -m "database and not servers"

# People's journeys through the demo, in a process that knows nothing of the package. Three at a time on two processors,
# since people wait as much as they do.
journeys: compile programs
	$(BIN)/pytest tests/journeys -n 3 --maxschedchunk 1 -p no:django --confcutdir=tests/journeys -W ignore::pytest.PytestConfigWarning

bench: compile
	$(BIN)/pytest tests/benchmarks -m benchmark -s -p no:cacheprovider

messages: $(VENV)/.installed
	sh scripts/extract_messages.sh

screenshots: compile programs
	$(BIN)/python scripts/screenshots.py

# Beside a running demo.
lighthouse:
	sh scripts/lighthouse.sh
