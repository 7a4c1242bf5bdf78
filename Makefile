# One place for every command; CI calls the same targets.
PYTHON ?= python3
PORT   ?= 8080
BIN    := .venv/bin
STAMP  := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo run test lint bench soak migrate lock audit messages

help:  ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## ?/  make \1|/' | column -t -s '|'

setup: $(STAMP)  ## make .venv with everything, `glashatai` in .venv/bin

# The lock files carry hashes, so that what is installed is what was tested.
$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make setup PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up .venv (a minute or two the first time)…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP)  ## the bot in a local Telegram, with sample content: no token, no network (PORT=8090 for another port)
	@$(BIN)/glashatai demo --port $(PORT)

run: $(STAMP)  ## the bot for real, with the settings of .env
	@$(BIN)/glashatai run

test: $(STAMP) lint  ## everything that must hold: lint, then all tests
	@$(BIN)/python -m pytest -n logical

lint: $(STAMP)  ## style, types, the dependency rule, the catalogues of texts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m presenters.language.catalogues check

bench: $(STAMP)  ## measured comparisons; `make bench ONLY=search` for one of them
	@$(BIN)/python -m bench $(ONLY)

soak: $(STAMP)  ## long chaos and fuzz runs
	@$(BIN)/python -m pytest -m soak --override-ini addopts= $(ARGS)

migrate: $(STAMP)  ## bring the database to the newest schema
	@$(BIN)/glashatai migrate

lock: $(STAMP)  ## resolve the dependencies anew and write both lock files
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--extra charts pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--extra charts --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

audit: $(STAMP)  ## known vulnerabilities in the locked dependencies
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

messages: $(STAMP)  ## collect new texts into the catalogues
	@$(BIN)/python -m presenters.language.catalogues update
