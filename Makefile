# Two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run demo test check format setup bench chaos simulate fuzz lock clean

PYTHON = .venv/bin/python

# whether .env holds a token: without the mark that some editors put in front, past quotes, no comment
HAS_TOKEN = LC_ALL=C tr -d '\357\273\277\r' 2>/dev/null <.env | grep -Eqi "^ *(export +)?TELEGRAM_BOT_TOKEN *= *[\"']?[^ \"'\#]"

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: .venv/.run ## talk to the bot: the playground without a token, Telegram with TELEGRAM_BOT_TOKEN
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || $(HAS_TOKEN); \
	then exec $(PYTHON) -m bot; else exec $(PYTHON) -m playground --with-bot; fi

demo: .venv/.run ## the playground with somebody's last sixty days in it, played through the bot
	@exec $(PYTHON) -m playground --demo

test: .venv/.dev ## all tests
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist worksteal

check: .venv/.dev ## what CI verifies: format, lint, types, floors, content, tests
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy .
	@.venv/bin/lint-imports --no-logo
	@$(PYTHON) -m content check
	@$(MAKE) --no-print-directory test

format: .venv/.dev ## format the code and mend what lint can mend
	@.venv/bin/ruff check --fix-only -q .
	@.venv/bin/ruff format .

setup: .venv/.dev ## build .venv with all that development needs

bench: .venv/.dev ## measure what has to be fast, side by side
	@$(PYTHON) -m bench

chaos: .venv/.dev ## fifty learners practise while calls fail and the bot is killed two hundred times
	@$(PYTHON) -m pytest -m long tests/chaos
	@$(PYTHON) -m tests.chaos

simulate: .venv/.dev ## 400 days of many learners against an independent recount
	@$(PYTHON) -m tests.simulate

fuzz: .venv/.dev ## twenty thousand updates that nobody would send
	@$(PYTHON) -m tests.fuzz

lock: .venv/.dev ## make the lock files from pyproject.toml
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' --group dev -o requirements-dev.txt pyproject.toml
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' -c requirements-dev.txt -o requirements.txt pyproject.toml

clean: ## remove what can be made again
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build

.venv/bin/python:
	@sh .ci/venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { rm -rf .venv; sh .ci/venv .venv; }
	@echo "Installing what the bot needs (once) ..."
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing what development needs (once) ..."
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.txt
	@touch $@
