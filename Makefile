SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.installed
WEB := gateway/web
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(WEB) --loglevel=error
WEB_PACKAGES := $(WEB)/node_modules/.package-lock.json
WEB_PAGES := $(WEB)/dist/index.html
WEB_SOURCES := $(shell find $(WEB)/src $(WEB)/tools -type f ! -name '*.generated.ts' 2> /dev/null) gateway/schema.graphql \
	$(WEB)/index.html $(WEB)/vite.config.ts $(WEB)/codegen.ts $(WEB)/tsconfig.json
PORT ?= 8000
DATA_DIR ?= .cxm
ROWS ?= 1000000
KILLS ?= 30
CUTS ?= 5
MINUTES ?= 10
LOCKS := profile survey metrics employee-exp gateway local dev
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1

.DEFAULT_GOAL := help
.PHONY: help up install test check check-long bench bench-import bench-children bench-recount bench-release faults power-cut full-disk security security-soak ballots join attack judges upgrade-dump proto rights web web-check web-test web-bench screenshots fmt lint types imports contracts lock clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements/uv.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cxm needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(WEB_PACKAGES): $(WEB)/package.json $(WEB)/package-lock.json $(STAMP)
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(WEB_PAGES): $(WEB_PACKAGES) $(WEB_SOURCES)
	$(NPM) run -s generate
	$(NPM) run -s build
	@touch $@

install: $(STAMP) web ## set everything up in .venv, and build the pages

web: $(WEB_PAGES) ## build the pages of gateway/web

web-check: $(WEB_PAGES) ## check types, style, words and units of the pages
	$(NPM) run -s check

up: $(STAMP) web ## run the platform with a demo organisation (PORT=8000 DATA_DIR=.cxm)
	@exec $(BIN)/cxm up --port $(PORT) --data-dir $(DATA_DIR)

test: $(STAMP) web ## run all tests on real PostgreSQL and NATS
	$(BIN)/pytest -n 2 --dist loadscope --ignore tests/web

web-test: $(STAMP) web ## walk through the pages in a real browser
	$(BIN)/pytest -n 2 tests/web

web-bench: RUNS ?= 5
web-bench: TIMES ?= judged
web-bench: $(STAMP) web ## measure what pages weigh and how fast they stand, against their bars (TIMES=told judges bytes alone)
	$(NPM) run -s drawing
	$(BIN)/python -m tests.web.budgets --runs $(RUNS) --times $(TIMES)

bench: $(STAMP) ## measure ingest and reads (ROWS=1000000) into build/bench.json
	ROWS=$(ROWS) $(BIN)/python -m tests.bench

bench-import: $(STAMP) ## measure an import of ROWS=1000000 rows of CSV
	$(BIN)/python -m tests.bench.importing $(ROWS)

bench-children: TIMES ?= 1000
bench-children: $(STAMP) ## so many imports of a workbook and exports of Parquet: each must be answered
	$(BIN)/python -m tests.bench.children $(TIMES)

bench-recount: ROWS = 10000000
bench-recount: $(STAMP) ## measure a midnight and a start with ROWS=10000000 in the answer log
	$(BIN)/python -m tests.bench.recounting $(ROWS)

bench-release: PEOPLE ?= 7000
bench-release: $(STAMP) ## measure plan, audit and figures of a wave of PEOPLE=7000, and of 100000
	$(BIN)/python -m tests.bench.releasing $(PEOPLE)

faults: $(STAMP) ## kill processes under load and count what was acknowledged (KILLS=30)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults

power-cut: $(STAMP) ## cut the power of an image under load and count what was acknowledged (CUTS=5, Linux, root)
	@CUTS=$(CUTS) $(BIN)/python -m tests.faults.power_cut

full-disk: $(STAMP) ## fill the disk of a platform under load, empty it, and count what was acknowledged (Linux, root)
	@$(BIN)/python -m tests.faults.full_disk

security: $(STAMP) ## compare who may do what at every door with a model, and see that planted faults are found (4 minutes)
	@$(BIN)/python -m tests.security

security-soak: $(STAMP) ## all attacks at once, and honest people beside them (MINUTES=10)
	@MINUTES=$(MINUTES) $(BIN)/python -m tests.security.soak

ballots: LINKS ?= 1000
ballots: $(STAMP) ## post LINKS=1000 links 20 times at once, kill the service meanwhile, and count ballots (KILLS=10)
	@LINKS=$(LINKS) KILLS=$(KILLS) $(BIN)/python -m tests.faults.ballots

join: BALLOTS ?= 10000
join: $(STAMP) ## try to join who answered to BALLOTS=10000 answers, as a superuser of an open wave (5 minutes)
	@BALLOTS=$(BALLOTS) $(BIN)/pytest -q -s tests/service/employee_exp/ballots/test_joining.py

attack: COMPANIES ?= 200
attack: $(STAMP) ## try to work out single employees' answers from releases of COMPANIES=200 made up companies (15 minutes)
	@COMPANIES=$(COMPANIES) $(BIN)/python -m tests.attack

judges: $(STAMP) ## let clients that others wrote judge the API
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.judges

upgrade-dump: $(STAMP) ## keep data of this version under tests/upgrade/last for later versions to read
	@$(BIN)/python -m tests.upgrade.make_dump

check: $(STAMP) lint types imports contracts web-check test ## what CI runs

# Each long run once, in its shortest form: that they still work and lose nothing, not what they measure.
check-long: $(STAMP) ## the long runs in their short forms: 3 minutes
	KILLS=3 $(BIN)/python -m tests.faults
	CUTS=1 $(BIN)/python -m tests.faults.power_cut
	$(BIN)/python -m tests.faults.full_disk
	PAIRS=60 VIEWERS=4 MUTANTS=3 $(BIN)/python -m tests.security
	MINUTES=0.5 $(BIN)/python -m tests.security.soak
	LINKS=40 KILLS=2 $(BIN)/python -m tests.faults.ballots
	COMPANIES=4 DOORS=0 $(BIN)/python -m tests.attack
	ROWS=20000 BENCH_FILE=build/bench-short.json $(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.importing 5000
	$(BIN)/python -m tests.bench.recounting 200000
	$(BIN)/python -m tests.bench.releasing 1000
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.judges
	$(MAKE) web-test
	$(MAKE) web-bench RUNS=1 TIMES=told

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

contracts: $(STAMP)
	cd proto && ../$(BIN)/buf lint
	@$(BIN)/python proto/breaking.py

proto: $(STAMP) ## generate Python from proto/
	$(BIN)/python proto/generate.py

rights: $(STAMP) ## write docs/rights.md anew from the code
	@mkdir -p build && $(BIN)/python -m tests.contract.support.rights_document > build/rights.md && mv build/rights.md docs/rights.md

screenshots: $(STAMP) web ## draw every page into build/screenshots, and the picture of README
	$(BIN)/python -m tests.web.screenshots

fmt: $(STAMP) ## format the code
	$(BIN)/ruff check -q --fix .
	$(BIN)/ruff format -q .
	$(NPM) run -s format

lock: $(STAMP) ## resolve the dependencies again into requirements/
	for extra in $(LOCKS); do \
		$(UV) pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-package cxm \
			--extra $$extra pyproject.toml -o requirements/$$extra.txt || exit 1; \
	done

clean: ## remove what the tasks made, but no data
	rm -rf $(VENV) build $(WEB)/node_modules $(WEB)/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
