# The menu of commands. Each does its own set-up; `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
SIMULATOR_PORT ?= 8001
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
DEMO := VAR_DIR=var/demo GRAPH_BASE_URL=http://127.0.0.1:$(SIMULATOR_PORT)

.PHONY: help demo run admin test check bench translations clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/run.stamp $(CATALOGUES) ## Start the desk with a demo company, simulated customers and their phones
	@$(DEMO) $(MANAGE) migrate --verbosity 0
	@$(DEMO) $(MANAGE) collectstatic --noinput --verbosity 0
	@$(DEMO) $(MANAGE) seed_demo
	@exec env $(DEMO) $(BIN)/python run.py --demo --port $(PORT) --simulator-port $(SIMULATOR_PORT)

run: .venv/run.stamp $(CATALOGUES) ## Start the desk without demo data
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@exec $(BIN)/python run.py --port $(PORT)

admin: .venv/run.stamp ## Create the first admin
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) create_admin

test: .venv/dev.stamp $(CATALOGUES) ## Run all tests: embedded, PostgreSQL and Redis, browser
	@$(BIN)/python -m tests

check: .venv/dev.stamp $(CATALOGUES) ## Format, lint, types, doors, migrations, translations
	@$(BIN)/python -m tests.checks

bench: .venv/dev.stamp $(CATALOGUES) ## Measure speed and memory; prints a table and writes JSON
	@$(BIN)/python -m bench

translations: .venv/dev.stamp ## Collect the texts to translate into locale/
	@$(MANAGE) makemessages -l de --no-obsolete --no-location -i .venv -i var -i tests -i bench -i simulator
	@$(MAKE) --no-print-directory $(CATALOGUES)

clean: ## Remove what set-up and running made, demo data included
	rm -rf .venv var/demo var/static locale/*/LC_MESSAGES/*.mo

locale/%.mo: locale/%.po .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --domain django --input-file $< --output-file $@

.venv/bin/python:
	@$(PYTHON) -m venv .venv || (echo "Python's venv is missing: apt-get install python3-venv"; exit 1)

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what the desk needs ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing what its tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
