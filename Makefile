# `make` lists the verbs. Each sets up what it needs in .venv first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
WARC ?=
CORPORA ?=
SEED ?=
PARALLEL := -n 5 --dist loadfile --no-loadscope-reorder
APT := apt-get >/dev/null -qq install -y --no-install-recommends
# Thousands of small archives are written: into memory, where some gigabytes of it are free for files and programs.
MEMORY := $(shell awk '$$2 == "/dev/shm" && $$4 !~ /noexec/' /proc/mounts 2>/dev/null | grep -q . \
	&& df -Pk /dev/shm | awk 'NR == 2 && $$4 > 6000000 { print "/dev/shm" }')
DIR ?= million
ARTICLES ?= 1000000

# Hundreds of processes start in the tests: none should compile the program again, whatever the environment says.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help demo test pytest lint coverage bench bench-web million fit quality edits soak

help:
	@echo "make demo     see it work: two small newsrooms, crawled and published on this machine"
	@echo "make test     set up and run every check: lint, types, tests"
	@echo "make lint     ruff and mypy alone"
	@echo "make coverage which lines the tests run; fails below 95 %"
	@echo "make bench    speed, beside bare Scrapy and a naive script   [WARC=pages.warc.gz]"
	@echo "make million  an archive of fictional releases, to measure the site on   DIR=directory [ARTICLES=1000000]"
	@echo "make bench-web how long the site's pages take there           DIR=directory [ARTICLES=1000000] [WRITE=docs/speed.md]"
	@echo "make quality  clean text, beside trafilatura alone           CORPORA=directory [SEED=directory]"
	@echo "make edits    edits seen and invented on real pages          CORPORA=directory"
	@echo "make fit      fit the classifier anew                        CORPORA=directory"
	@echo "make soak     the slow checks: crash after crash, large archives, many examples; one to two hours"

# uv installs the pinned packages in a few seconds. Where it cannot (no wheel of it, an index that only pip is told of),
# pip does, in a minute. Of eleven thousand installed modules a tenth is ever imported: only these are compiled.
.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dateline needs Python 3.11 or later; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@$(PIP) --no-compile --only-binary uv -c constraints.txt uv 2>/dev/null \
		&& $(BIN)/uv pip install -q --python $(BIN)/python $(addprefix --default-index ,$(PIP_INDEX_URL)) \
			-c constraints.txt -e '.[dev]' \
		|| $(PIP) --no-compile -c constraints.txt -e '.[dev]'
	@$(BIN)/python -c 'import scheduler, archive.web.server'
	@touch $@

# Tests are compiled once, beside the lint, and not by every process that pytest starts.
.venv/compiled: .venv/ready
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null || $(BIN)/python -m pytest --collect-only -qq
	@touch $@

demo: .venv/ready
	@$(BIN)/python -m tests.demo

# The browser is fetched while the packages are unpacked; mypy takes one core for half a minute: the tests run beside it.
test:
	@$(MAKE) --no-print-directory -j2 .venv/ready .venv/browser
	@$(MAKE) --no-print-directory -j2 lint pytest

pytest: .venv/compiled .venv/browser
	@files=$$(mktemp -d $(addprefix -p ,$(MEMORY))); echo "pytest -m 'not soak' $(PARALLEL)   (its files: $$files)"; \
		TMPDIR=$$files $(BIN)/python -m pytest -m 'not soak' $(PARALLEL) && rm -rf $$files

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: .venv/compiled .venv/browser
	rm -rf .coverage && mkdir .coverage
	$(BIN)/python -m coverage run -m pytest -m 'not soak' $(PARALLEL)
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report

bench: .venv/ready
	$(BIN)/python -m tests.bench.bench $(WARC)
	$(BIN)/python -m tests.bench.scale.stages
	$(BIN)/python -m tests.bench.daemon.schedulebench $(FEEDS)

million: .venv/ready
	$(BIN)/python -m tests.bench.million $(DIR) --articles $(ARTICLES)

quality: .venv/fit
	$(BIN)/python -m tests.bench.quality $(CORPORA) $(if $(SEED),--seed $(SEED))

edits: .venv/ready
	$(BIN)/python -m tests.bench.changes.run $(CORPORA)

bench-web: .venv/ready
	$(BIN)/python -m tests.bench.site.webbench $(DIR) --articles $(ARTICLES) $(if $(WRITE),--write $(WRITE))

fit: .venv/fit
	$(BIN)/python -m tests.bench.fit $(CORPORA)

# Fitting trees needs libraries that nothing else here does.
.venv/fit: .venv/ready
	$(PIP) lightgbm==4.7.0 numpy==2.4.6
	@touch $@

# One process, for an hour or two on two cores.
soak: .venv/ready .venv/browser
	$(BIN)/python -m pytest -m 'soak or hypothesis' --hypothesis-profile=full

# The system's packages have Chromium, and without its windows as a headless shell: a page there costs a sixth of the time.
# Without one of them (and with no way to get one) the browser tests are skipped.
.venv/browser:
	@mkdir -p .venv
	@command -v chromium-headless-shell >/dev/null \
		|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get -qq update && $(APT) chromium-headless-shell; } \
		|| command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && $(APT) chromium; } \
		|| echo "No Chromium here and no way to install it: browser tests will be skipped."
	@touch $@
