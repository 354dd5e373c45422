# Every command of the project. `make help` lists them.
# Needs only what README.md's first line names: make and python3-venv.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
# Python keeps what it has compiled, also where the environment says otherwise: tests start some hundred processes, and each would
# compile its packages anew.
export PYTHONDONTWRITEBYTECODE =
PIN := --quiet --strip-extras --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --no-emit-options

.DEFAULT_GOAL := help
.PHONY: help run test check bench sample docs requirements audit clean

help: ## Say what each command does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: $(VENV)/installed ## Set up whatever is missing and open the dashboard on http://localhost:8501
	$(PY) -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/installed-dev ## Set up whatever is missing, browser and PostgreSQL included, and run every test
	$(PY) -m tests.equipment
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# The types are checked beside the tests: a processor is idle while a browser is waited for. What they say comes last, and fails the run too.
check: $(VENV)/installed-dev ## Lint, types, architecture, then every test: what .ci/run runs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	@$(PY) -m mypy > $(VENV)/types.txt 2>&1 & types=$$!; \
	trap 'tests=$$?; wait $$types; typed=$$?; echo "Types:"; cat $(VENV)/types.txt; exit $$((tests + typed))' EXIT; \
	$(MAKE) test

bench: $(VENV)/installed ## Time the commonest questions, as ratios; also in var/bench.json
	$(PY) -m benchmarks

sample: $(VENV)/installed ## Build the example returns in sample_data/ again
	$(PY) -m sample_data.make

docs: $(VENV)/installed ## Write the page of the KPIs' formulas in docs/ again
	$(PY) -m data_access.kpi_document > docs/kpis.md

requirements: $(VENV)/installed-dev ## Pin requirements.in and requirements-dev.in again
	CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile $(PIN) -o requirements.txt requirements.in
	CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile $(PIN) -o requirements-dev.txt requirements-dev.in

audit: $(VENV)/installed-dev ## Look up known weaknesses of the pinned packages (needs the internet)
	$(VENV)/bin/pip-audit -r requirements.txt --no-deps

clean: ## Remove what was built; the databases in var/ stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results

# A stamp is newer than its list, so an unchanged list is not installed again.
$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Install what is missing with: sudo apt-get install python3-venv" >&2; exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# Compiled is what is used, when it is first used: of all that the tests and checks bring along that is a small part.
$(VENV)/installed-dev: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --no-compile --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/installed
