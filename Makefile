# `make demo` and `make test` set up everything they need on a fresh machine (Debian 12 or kin, Python 3.11 or later).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo

.PHONY: demo test lint bench faults setup system lock templates examples messages clean

setup: system $(VENV)/.ready

# System packages: Pango for WeasyPrint, free stand-ins for the official fonts, poppler for looking at pages in tests.
system:
	@PYTHON=$(PYTHON) tools/install-system-packages

$(VENV)/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@$(BIN)/python examples/play.py $(DEMO)

test: setup lint
	$(BIN)/python -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

faults: setup
	$(BIN)/python -m pytest -m faults_long -s tests/faults tests/corpus tests/rendering

bench: setup
	$(BIN)/python -m bench

lock: $(VENV)/.ready
	$(BIN)/pip-compile --quiet --all-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --strip-extras --allow-unsafe \
	    --output-file requirements.lock pyproject.toml

# The English catalogue: new sentences into the .po, the .po into the .mo; names what waits for a translation.
messages: $(VENV)/.ready
	$(BIN)/python -m tools.messages

clean:
	rm -rf $(DEMO) .mypy_cache .ruff_cache .hypothesis
