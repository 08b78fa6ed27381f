SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.installed
PORT ?= 8000
DATA_DIR ?= .cxm
ROWS ?= 1000000
KILLS ?= 30
CUTS ?= 5
MINUTES ?= 10
LOCKS := profile survey metrics employee-exp gateway local dev
export UV_SYSTEM_CERTS ?= 1

.DEFAULT_GOAL := help
.PHONY: help up install test check check-long bench bench-import bench-children bench-recount faults power-cut security security-soak judges upgrade-dump proto rights fmt lint types imports contracts lock clean

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements/uv.txt requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cxm needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

install: $(STAMP) ## set everything up in .venv

up: $(STAMP) ## run the platform with a demo organisation (PORT=8000 DATA_DIR=.cxm)
	@exec $(BIN)/cxm up --port $(PORT) --data-dir $(DATA_DIR)

test: $(STAMP) ## run all tests on real PostgreSQL and NATS
	$(BIN)/pytest -n 2 --dist loadscope

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

faults: $(STAMP) ## kill processes under load and count what was acknowledged (KILLS=30)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults

power-cut: $(STAMP) ## cut the power of an image under load and count what was acknowledged (CUTS=5, Linux, root)
	@CUTS=$(CUTS) $(BIN)/python -m tests.faults.power_cut

security: $(STAMP) ## compare who may do what at every door with a model, and see that planted faults are found (4 minutes)
	@$(BIN)/python -m tests.security

security-soak: $(STAMP) ## all attacks at once, and honest people beside them (MINUTES=10)
	@MINUTES=$(MINUTES) $(BIN)/python -m tests.security.soak

judges: $(STAMP) ## let clients that others wrote judge the API (needs node)
	@$(BIN)/python -m tests.judges

upgrade-dump: $(STAMP) ## keep data of this version under tests/upgrade/last for later versions to read
	@$(BIN)/python -m tests.upgrade.make_dump

check: $(STAMP) lint types imports contracts test ## what CI runs

# Each long run once, in its shortest form: that they still work and lose nothing, not what they measure.
check-long: $(STAMP) ## the long runs in their short forms: 3 minutes
	KILLS=3 $(BIN)/python -m tests.faults
	CUTS=1 $(BIN)/python -m tests.faults.power_cut
	PAIRS=60 VIEWERS=4 MUTANTS=3 $(BIN)/python -m tests.security
	MINUTES=0.5 $(BIN)/python -m tests.security.soak
	ROWS=20000 BENCH_FILE=build/bench-short.json $(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.importing 5000
	$(BIN)/python -m tests.bench.recounting 200000
	@if command -v npm > /dev/null; then $(BIN)/python -m tests.judges; else echo "judges: skipped, npm is not here"; fi

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

fmt: $(STAMP) ## format the code
	$(BIN)/ruff check -q --fix .
	$(BIN)/ruff format -q .

lock: $(STAMP) ## resolve the dependencies again into requirements/
	for extra in $(LOCKS); do \
		$(UV) pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-package cxm \
			--extra $$extra pyproject.toml -o requirements/$$extra.txt || exit 1; \
	done

clean: ## remove what the tasks made, but no data
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
