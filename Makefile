# The two commands of a day: `make run MUSIC=/path/to/music` and `make test`.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
RESONANCE := $(VENV)/bin/resonance
STAMPS := $(VENV)/.stamps
WEBAPP := src/resonance/webapp/index.html
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/lingui.config.ts -type f 2>/dev/null)

MUSIC ?=

.PHONY: help setup run demo test check check-python check-web check-browser bench goldens docs lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: $(STAMPS)/runtime $(WEBAPP) ## Prepare everything without starting anything

run: setup ## Start Resonance; MUSIC=/path/to/music, without it a demo library is made
	@$(if $(MUSIC),MUSIC_LIBRARY_PATH="$(abspath $(MUSIC))" $(RESONANCE) serve,$(RESONANCE) serve --demo-if-empty)

demo: setup ## Make the demo library and say where it is
	@$(RESONANCE) demo

test: ## Install what the checks need and run all of them
	@sh scripts/prepare-tests.sh
	@$(MAKE) --no-print-directory check

check: check-python check-web check-browser ## Run all checks (what CI runs)

check-python: $(STAMPS)/dev ## Lint, types, ranks and tests of the server
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pytest -n 2 --dist loadfile
	$(VENV)/bin/pytest --postgres -n 2 --dist loadfile tests/rooms tests/api tests/unit

check-web: $(STAMPS)/web ## Lint, types and tests of the web player
	cd web && npm run --silent check

check-browser: $(STAMPS)/dev $(WEBAPP) ## Drive the real thing in Chromium
	cd web && npm run --silent e2e

bench: $(STAMPS)/dev $(WEBAPP) ## Measure against peers and floors (see bench/README.md)
	$(PY) -m bench

goldens: $(STAMPS)/dev ## Write the golden Subsonic answers anew; review the difference as code
	UPDATE_GOLDENS=1 $(VENV)/bin/pytest tests/api/subsonic -k golden

docs: $(STAMPS)/dev ## Write the generated pages of docs/ anew
	$(PY) scripts/write_docs.py

lock: ## Pin the newest versions that fit (needs uv)
	sh requirements/compile.sh
	cd web && npm run --silent lock

clean: ## Remove everything that was built
	rm -rf $(VENV) web/node_modules web/dist src/resonance/webapp

$(STAMPS)/venv:
	@sh scripts/check-tools.sh
	@test -x $(PY) || python3 -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/runtime.lock requirements/ffmpeg.lock pyproject.toml | $(STAMPS)/venv
	@sh scripts/install-python.sh runtime
	@touch $@

$(STAMPS)/dev: requirements/dev.lock pyproject.toml | $(STAMPS)/venv
	@sh scripts/install-python.sh dev
	@touch $@ $(STAMPS)/runtime

$(STAMPS)/web: web/package-lock.json | $(STAMPS)/venv
	@sh scripts/check-tools.sh
	cd web && npm ci --no-fund --no-audit --loglevel=error
	@mkdir -p $(STAMPS) && touch $@

$(WEBAPP): $(STAMPS)/web $(WEB_SOURCES)
	cd web && npm run --silent build
	@touch $@
