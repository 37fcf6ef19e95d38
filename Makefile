# What people do with the shop; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint bench format lock shots clean

help: ## List what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

run: $(VENV)/run.stamp ## Start the shop, its worker and Stripe's simulator; Ctrl-C stops all of it
	@exec $(BIN)/python dev/run.py

test: $(VENV)/dev.stamp ## Run the whole suite on SQLite and PostgreSQL, with a real browser
	@$(BIN)/python dev/need_browser.py
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4

lint: $(VENV)/dev.stamp ## Check formatting, lint, types, import contracts and templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

bench: $(VENV)/dev.stamp ## Measure checkouts and payments on SQLite and PostgreSQL; figures go to var/bench/
	@$(BIN)/python -m dev.bench

format: $(VENV)/dev.stamp ## Bring the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Pin every package anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing the packages of the shop (once)."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	@echo "Installing the packages of the tests (once)."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

clean: ## Remove the virtual environment and everything the shop has kept
	rm -rf $(VENV) var
