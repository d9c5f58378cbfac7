# Everything that is done to this project more than once. `make help` names it all.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
PACKAGES := contracts chassis services khunjerab
KEEP ?=
ARGS ?=
# Some images set it: each of the hundreds of processes that tests and the demo start would compile every module anew,
# and so would each worker of the tests before its first test: 8 s of the 16 that this takes.
unexport PYTHONDONTWRITEBYTECODE
# Each worker has a broker and a database of its own. One more than there are cores, as tests wait a good deal for what
# they started, up to four. Files in order: those that wait longest come first.
WORKERS ?= $(shell cores=$$(nproc); echo $$((cores < 4 ? cores + 1 : 4)))
SEVERAL := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: help setup demo run test quick lint bench chaos images manifests clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## .venv from the locks; Debian packages where this is root; a second run skips what is done
	@tools/debian-packages
	@tools/venv $(VENV)
	@deploy/install-kustomize $(BIN) || true

demo: setup ## the main job on real parts, told as a story; KEEP=1 leaves it running
	@$(BIN)/khunjerab demo $(if $(KEEP),--keep)

run: setup ## broker, database and all processes, until Ctrl-C
	@$(BIN)/khunjerab stack run

test: setup ## every test; ARGS="-k words" picks some
	@$(BIN)/python -m pytest $(SEVERAL) $(ARGS)

quick: setup lint ## lint, types and the tests that need no broker: about three minutes
	@$(BIN)/python -m pytest -q -m "not broker and not docker and not browser" $(SEVERAL) $(ARGS)

lint: setup ## style, types, import contracts, shell scripts, YAML, Dockerfile
	@BIN=$(BIN) tools/lint

bench: setup ## speed beside its peers: a table and .run/bench.json; the first run stores a million visits (6 GB in .run)
	@$(BIN)/python -m benchmarks $(ARGS)

chaos: setup ## crashes between any two steps, on the real broker and database
	@$(BIN)/python -m pytest -q tests/chaos $(ARGS)

images: ## one image per service from deploy/Dockerfile
	@deploy/build-images

manifests: setup ## render the Kubernetes overlays and check them strictly
	@BIN=$(BIN) deploy/render-manifests

clean: ## stops what runs here, a kept demo too; removes .run, caches and .venv
	@for each in .run .run/demo; do [ ! -x $(BIN)/khunjerab ] || KHUNJERAB_RUN_DIR=$$each $(BIN)/khunjerab stack down 2>/dev/null || true; done
	@rm -rf .run $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build ./*.egg-info
	@find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
