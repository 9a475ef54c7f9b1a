# The README's commands. Each prepares .venv by itself; a prepared one is left alone.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench lock

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

setup: .venv/ready ## prepare .venv; afterwards .venv/bin/qingfeng is the program

demo: setup ## a township in the browser: no token, no network
	@$(BIN)/qingfeng demo

test: export PYTHONDONTWRITEBYTECODE =
test: check ## every check and every test, as CI runs them
	@$(BIN)/pytest -m alone  # the others find the tests compiled
	@$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder --cache-clear -m "not alone" || \
	  { [ $$? -eq 1 ] && $(BIN)/python -m tests.again; }

check: setup ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## the figures of docs/benchmarks.md
	@$(BIN)/python -m tests.benchmarks

lock: setup ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Qingfeng needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Preparing .venv (once; about a minute)"
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --quiet --python $(BIN)/python install uv
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
