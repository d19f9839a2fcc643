# `make serve` and `make test` need nothing done before; `make help` lists the rest.
# What is slow is done again only when the file that decides about it has changed.

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
BIN := .venv/bin
PLAYGROUND := $(BIN)/playground
PIP := $(BIN)/python -m pip --disable-pip-version-check
PIP_COMPILE := .cache/pip-tools/bin/pip-compile --quiet --upgrade --generate-hashes \
  --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe

.PHONY: help
help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1@/p' Makefile | column -t -s @

.PHONY: serve
serve: build ## Build the site and serve it (PORT=8000; WATCH=1 builds and reloads on change)
	@$(PLAYGROUND) serve --port $(PORT) $(if $(WATCH),--watch)

.PHONY: build
build: .venv/builder web/node_modules/.installed ## Build the site into dist/ (OPTIONS="--site-url ...")
	@$(PLAYGROUND) build $(OPTIONS)

.PHONY: test
test: .venv/tests web/node_modules/.installed ## Run every check and every test
	@scripts/find-chromium >/dev/null
	@$(MAKE) --jobs=2 --keep-going --output-sync=line build check test-oldest-python
	@echo "Running the tests ..."
	@CHROMIUM="$$(scripts/find-chromium)" $(BIN)/python -m pytest --numprocesses=2 --dist=loadfile

.PHONY: test-oldest-python
test-oldest-python: interpreters
	@scripts/test-oldest-python

.PHONY: test-processors
test-processors: .venv/tests web/node_modules/.installed ## Run unit tests and transcripts on the kernels of other processors
	@$(BIN)/python -m tests.processors

.PHONY: test-pytorch
test-pytorch: build .cache/pytorch/.installed ## Compare notebooks and examples with real PyTorch, installed into .cache/pytorch
	@.cache/pytorch/bin/python -m tests.reference.notebooks
	@.cache/pytorch/bin/python -m tests.reference.examples

.PHONY: fuzz
fuzz: .cache/pytorch/.installed ## Compare random programs with real PyTorch (OPTIONS="--seed 7 --programs 100")
	@.cache/pytorch/bin/python -m tests.reference.fuzz $(OPTIONS)

# Another seed every day, which is told.
SEED ?= $(shell date +%Y%m%d)
RUNS ?= 20000

.PHONY: fuzz-page
fuzz-page: web/node_modules/.installed ## Try links, messages and markup with random inputs for minutes (SEED=7 RUNS=1000)
	@echo "Trying $(RUNS) random inputs of each kind, seed $(SEED) ..."
	@cd web && FUZZ_RUNS=$(RUNS) FUZZ_SEED=$(SEED) npx vitest run --testNamePattern=random

# The PyTorch whose numbers are recorded in tests/reference, and the builder's NumPy.
.cache/pytorch/.installed:
	@$$(scripts/find-python 3.13) -m venv .cache/pytorch
	@.cache/pytorch/bin/python -m pip --disable-pip-version-check install --quiet torch==2.13.0 numpy==2.2.5
	@touch $@

.PHONY: check
check: check-python check-page ## Run formatters, linters, type checkers and Vitest

.PHONY: check-python
check-python: .venv/tests
	@echo "Checking the Python code ..."
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy

.PHONY: check-page
check-page: web/node_modules/.installed
	@echo "Checking the page's code ..."
	@cd web && npm run --silent check && npm test --silent

.PHONY: format
format: .venv/tests web/node_modules/.installed ## Format all code
	@$(BIN)/ruff check --fix --quiet
	@$(BIN)/ruff format
	@cd web && npm run --silent format

.PHONY: requirements
requirements: .venv/builder ## Pin the newest versions of what requirements/*.in name
	@$(BIN)/python -m venv .cache/pip-tools
	@.cache/pip-tools/bin/python -m pip --disable-pip-version-check install --quiet pip-tools
	@cd requirements && for name in build unit test; do \
	  echo "Pinning requirements/$$name.in ..."; \
	  CUSTOM_COMPILE_COMMAND="make requirements" ../$(PIP_COMPILE) --output-file $$name.txt $$name.in \
	    || exit 1; \
	done

.PHONY: clean
clean: ## Delete what was built; environments and downloads stay
	rm -rf dist web/build .cache

.PHONY: interpreters
interpreters:
	@scripts/check-node
	@scripts/find-python 3.13 >/dev/null

.venv/builder: requirements/build.txt pyproject.toml | interpreters
	@scripts/make-environment .venv 3.13 requirements/build.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tests: requirements/unit.txt requirements/test.txt .venv/builder
	@scripts/make-environment .venv 3.13 requirements/unit.txt requirements/test.txt
	@touch $@

web/node_modules/.installed: web/package-lock.json | interpreters
	@echo "Installing the page's packages ..."
	@cd web && npm ci --no-audit --no-fund
	@touch $@
