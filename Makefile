# Two commands do everything: `make run` and `make test`. Both set themselves up and are quick the second time.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint bench teams-package clean

run: .venv
	@$(BIN)/prevention-hub serve --demo

# what it compiles is kept, whatever the shell says: hundreds of programs are started, and each would compile it again
test: export PYTHONDONTWRITEBYTECODE =
test: .venv
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv
	$(BIN)/python -m tests.benchmarks

# make teams-package APP_ID=… HOST=…; without them, from PREVENTION_HUB_TEAMS_CLIENT_ID and PREVENTION_HUB_PUBLIC_URL.
# Only what stands on make's command line counts: many a shell has a HOST of its own.
given = $(if $(filter command,$(origin $1)),$2 '$($1)')
PACKAGE = $(BIN)/prevention-hub teams package $(call given,APP_ID,--app-id) $(call given,HOST,--host)

teams-package: .venv
	@$(PACKAGE) prevention-hub-teams.zip
	@$(PACKAGE) --variant targeted prevention-hub-teams-targeted.zip

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

.venv: .venv/ready

# made anew when what is to be installed changes; a half-made one is not "ready"
.venv/ready: pyproject.toml constraints.txt .ci/browser_files.py
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (once; a few minutes) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch .venv/ready
