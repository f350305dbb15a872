# Everything sets itself up from nothing: Python 3.11 or newer with venv and pip, git and make are enough.

PYTHON ?= python3
PORT ?= 8000
STRICT ?=
PYTEST_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
VENDOR := wohnberatung/static/vendor/stamp

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench messages lock clean FORCE

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/installed ## Virtual environment from the locked dependencies, design system, the commands

demo: setup ## Serve the office with invented data on 127.0.0.1 (PORT=8000)
	@$(BIN)/wohnberatung demo --port $(PORT)

test: setup ## All tests on SQLite, PostgreSQL and Chromium (STRICT=1: nothing may be skipped; PYTEST_ARGS=…)
	@$(BIN)/python -m tests.infrastructure.chromium
	@$(TEST_ENVIRONMENT) $(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist worksteal $(if $(filter 1,$(STRICT)),--nothing-skipped) $(PYTEST_ARGS)

lint: setup ## Style, types, who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-bench ## Measure the engine beside the alternatives (BENCH_ARGS=--quick)
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

messages: setup ## Bring the catalogues of translations in step with the sources
	@$(BIN)/python -m wohnberatung.translations

lock: ## Renew the locks (needs uv; UPGRADE=1 takes newer versions)
	$(UV_COMPILE) --extra dev -o requirements.lock
	$(UV_COMPILE) --extra bench --extra cluster -c requirements.lock -o requirements-bench.lock

clean: ## Remove everything that the commands above made, also the demo's database
	rm -rf $(VENV) .cache instance screenshots $(dir $(VENDOR))
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# -- What the targets above stand on ----------------------------------------------------------------------------------

# The tests start some hundred processes of ours; not each of them shall compile every module anew.
TEST_ENVIRONMENT = PYTHONDONTWRITEBYTECODE=

# Two more than there are cores: a process that watches a browser, a server or PostgreSQL mostly waits.
TEST_PROCESSES = $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 2, 4))')
UV_COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/locked: requirements.lock | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

# The build hook (hatch_build.py) brings the design system; it has nothing to do while its lock is unchanged.
$(VENV)/installed: $(VENV)/locked pyproject.toml hatch_build.py package.json package-lock.json
$(VENV)/installed: $(if $(wildcard $(VENDOR)),,FORCE)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-bench: requirements-bench.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@
