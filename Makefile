# Every command sets up what it needs; a second run installs nothing. `make help` lists them.
# uv and all packages come from whatever package index this machine is set to, held to the hashes in requirements/.

export C360_DATA ?= data
export DO_NOT_TRACK = 1
# once, and not in each process where Python may write none (PYTHONDONTWRITEBYTECODE)
export UV_COMPILE_BYTECODE = 1
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
PYTHON ?= python3
BIN = .venv/bin

.DEFAULT_GOAL = help
.PHONY: help setup demo cdnow build check test lint dagster spark rollback why bench oracles

help:            ## list the commands
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/run.done profiles.yml ## install what the pipeline needs
	@mkdir -p $(C360_DATA)

demo: setup ## make a small retailer's raw files, run the whole pipeline on them, say what came out
	$(BIN)/python -m orchestration.demo --out $(C360_DATA)
	$(BIN)/python -m orchestration.build
	$(BIN)/python -m orchestration.demo.score

cdnow: setup ## the same on the real purchases of CDNOW's customers; SAMPLE=1 for a tenth of them
	$(BIN)/python -m orchestration.cdnow $(if $(SAMPLE),--sample)

build: setup ## run the pipeline on whatever lies in data/raw
	$(BIN)/python -m orchestration.build

check: setup ## say what would become of the files in data/raw, or in FOLDER=..., before anything is built
	$(BIN)/python -m orchestration.landing --check $(FOLDER)

dagster: setup ## watch, run and schedule it on http://localhost:3000
	$(BIN)/python -m orchestration.ui

why: setup       ## why records are one customer: A=shopify.customer:123 B=loyalty.member:M1000042, or A=<customer_id>
	@$(BIN)/python -m orchestration.why '$(A)' $(if $(B),'$(B)')

rollback: setup ## publish the version before the current one again
	$(BIN)/python -m orchestration.publish --rollback

test: .venv/dev.done profiles.yml ## lint, then every test, on the demo, on CDNOW and on Spark
	$(MAKE) lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/dev.done profiles.yml ## sqlfluff, ruff, mypy, yamllint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy orchestration
	$(BIN)/yamllint --strict .
	$(BIN)/sqlfluff lint --disable-progress-bar models tests

spark: .venv/dev.done profiles.yml ## build the demo on Spark and on DuckDB and compare every mart
	$(BIN)/python -m orchestration.parity

bench: setup ## time and memory, half an hour: identity, grouping against Splink, demo and build; BENCH="grouping 1000000" for less
	$(BIN)/python -m orchestration.bench $(BENCH)

oracles: .venv-oracles/installed.done ## hold the fits of customer value against lifetimes and pymc-marketing, in an environment of its own
	.venv-oracles/bin/python -m pytest tests/oracles

profiles.yml: profiles.yml.example
	cp $< $@

$(BIN)/uv:
	$(PYTHON) requirements/bootstrap.py

.venv-oracles/installed.done: requirements/oracles.lock | $(BIN)/uv
	$(BIN)/uv venv --quiet --allow-existing --python $(PYTHON) .venv-oracles
	$(BIN)/uv pip sync --quiet --python .venv-oracles/bin/python requirements/oracles.lock
	touch $@

# Each .done file says that the packages of its lock are in. dev.lock holds all of run.lock, so it serves both.
.venv/run.done: requirements/run.lock | $(BIN)/uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements/run.lock
	rm -f .venv/dev.done
	touch $@

.venv/dev.done: requirements/dev.lock | $(BIN)/uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements/dev.lock
	touch .venv/run.done $@
