# One command each. Every target does the set-up that it needs.
PY := .venv/bin/python
UV := .boot/bin/uv

.PHONY: setup demo run test test-all bench quality lock clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^##: //p' Makefile

##: make setup      virtual environment with the locked packages (seconds when nothing changed)
setup: .venv/.ready

.boot/.ready:
	python3 -m venv .boot
	.boot/bin/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.ready: requirements.lock pyproject.toml .boot/.ready
	@test -x $(PY) || $(UV) venv --quiet --python python3 .venv
	$(UV) pip sync --quiet --python $(PY) --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

##: make demo       upload the samples as the portal would, show what comes back, stop
demo: setup
	$(PY) -m tests.demo

##: make run        the whole system on this machine, until Ctrl-C
run: setup
	.venv/bin/evidence run

##: make test       lint, types, import rules, unit and line tests
test: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	$(PY) -m pytest -m "not all"

##: make test-all   what needs servers or Debian's packages: S3, faults, hostile files
test-all: setup
	$(PY) -m pytest -m all

##: make bench      speed and memory as ratios of one run
bench: setup
	$(PY) -m tests.bench

##: make quality    detection and mapping measured on the labelled texts
quality: setup
	$(PY) -m tests.quality

##: make lock       resolve the packages anew and pin them with hashes
lock: .boot/.ready
	$(UV) pip compile --quiet --no-header --no-annotate --no-emit-index-url --generate-hashes --universal \
	    --extra dev --upgrade pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .boot
