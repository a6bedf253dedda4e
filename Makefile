# Two commands matter: `make run` (a demonstration court) and `make test` (all set-up, then every check).
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
DATA := resources/handwriting/PP-OCRv6_rec_small.onnx resources/pinyin/pinyin.sqlite
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONWARNINGS :=

.PHONY: run test setup check campaign bench ocr voice screenshots package lock clean

run: setup
	@$(BIN)/python -m ui.demo

test: setup check
	@echo "== tests"
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not campaign"

check: setup
	@echo "== ruff, mypy, walls"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

campaign: setup  ## the long runs: full kill loops, every look of every page, handwriting accuracy
	@KIOSK_HYPOTHESIS=campaign $(BIN)/python -m pytest -m campaign --timeout 3000

bench: setup  ## ratios measured in one run
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_forms
	@$(BIN)/python -m tests.bench_input

voice: setup  ## clips for the texts that have none yet (docs/voice.md); stopped at any time, it goes on where it was
	@test -d build/voice/env || (python3 -m venv build/voice/env && build/voice/env/bin/pip install --quiet -r resources/voice/requirements.txt)
	@test -d build/voice/voices || (cd build/voice && npm pack --silent kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz && mv package/voices voices)
	@PYTHONPATH=. build/voice/env/bin/python -m resources.voice.render --language zh
	@$(BIN)/python -m resources.voice.render --language en --list-only

screenshots: setup  ## every screen in every look into build/screens, with an index page; only what changed is written
	@export FONTCONFIG_FILE=$(CURDIR)/tests/fonts.conf QT_ENABLE_HIGHDPI_SCALING=0; \
	  $(BIN)/python -m ui.screenshots --share 1 --shares 2 & first=$$!; \
	  $(BIN)/python -m ui.screenshots --share 2 --shares 2; second=$$?; wait $$first && exit $$second

ocr: setup  ## the extras camera and ocr, and the tests that are skipped without them
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps --no-build-isolation -r .ci/lock/ocr.lock
	@$(BIN)/python -m pytest tests/kiosk/idcards/test_card_from_picture.py tests/ui/test_camera_sources.py

package: setup  ## the frozen one-folder program in dist/kiosk
	@$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	@dist/kiosk/kiosk --check

setup: .venv/system $(READY) $(DATA)

.venv/system: .ci/system-libraries
	@bash .ci/system-libraries
	@mkdir -p .venv && touch $@

$(READY): .ci/lock/first.lock .ci/lock/requirements.lock pyproject.toml | .venv/system
	@echo "== making .venv and installing the locked packages (about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r .ci/lock/first.lock
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps --no-build-isolation -r .ci/lock/requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

resources/handwriting/PP-OCRv6_rec_small.onnx: resources/handwriting/take_model.py | $(READY)
	@echo "== taking the handwriting model out of its package"
	@$(BIN)/python -m resources.handwriting.take_model
	@touch $@

resources/pinyin/pinyin.sqlite: $(wildcard resources/pinyin/*.py resources/pinyin/*.tsv resources/pinyin/*.txt) | $(READY)
	@echo "== building the pinyin word file (about 15 seconds)"
	@$(BIN)/python -m resources.pinyin.build
	@touch $@

lock:  ## write the lock files again from .ci/lock/*.in (needs uv)
	@cd .ci/lock && uv pip compile --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_28 first.in -o first.lock
	@cd .ci/lock && uv pip compile --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_28 --override overrides.txt lobby.in build.in -o requirements.lock
	@cd .ci/lock && uv pip compile --no-deps --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_28 ocr.in -o ocr.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
