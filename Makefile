# `make serve` builds and runs the console; `make test` checks everything. Both install what they need.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

CARGO_TARGET_DIR ?= $(CURDIR)/target
# abspath would take a path with spaces for several.
override CARGO_TARGET_DIR := $(shell realpath -ms -- "$(CARGO_TARGET_DIR)")
export CARGO_TARGET_DIR
export PATH := $(HOME)/.cargo/bin:$(PATH)

# One toolchain for everything: two would rebuild each other's work. Settled once, by the first target that needs it.
TOOLCHAIN_FILE := $(CARGO_TARGET_DIR)/.toolchain
# Cargo would look for make's job server, which recipes are not given. And RUSTFLAGS stand in the place of the project's own
# (.cargo/config.toml), without which pages do not hydrate.
CARGO_ENVIRONMENT = unset MAKEFLAGS MFLAGS; export RUSTUP_TOOLCHAIN=$$(<"$(TOOLCHAIN_FILE)"); \
	[ -z "$${RUSTFLAGS:-}" ] || export RUSTFLAGS="$$RUSTFLAGS --cfg=erase_components"

# The newest compiler whose lints were looked through. Those of a later one are shown, but fail nobody's first `make test`.
LINTED_WITH := 1.99
LINT_LEVEL = $$(version=$$(rustc --version | cut -d' ' -f2); \
	[ "$$(printf '%s\n' "$${version%.*}" $(LINTED_WITH) | sort -V | tail -1)" = $(LINTED_WITH) ] \
	&& echo -D warnings || echo --cap-lints warn)

HOST_CRATES := -p domain -p emulator -p app -p server -p sekisho -p bare-route --features app/ssr
VENV := $(CARGO_TARGET_DIR)/contract-venv

.PHONY: help serve build test bench screenshots site library toolchain \
	format lint lint-host lint-wasm lint-end2end rust-tests program contract-tests browser-tests checks walk

help: ## Lists the targets.
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 18

serve: build ## Builds the console and runs it on its embedded backend.
	@exec "$(CARGO_TARGET_DIR)/release/sekisho" serve

build: toolchain ## Builds the release program, site and all: target/release/sekisho.
	@$(MAKE) --no-print-directory --jobs=2 site library
	$(CARGO_ENVIRONMENT)
	cargo build --release -p sekisho
	if [ "$(CARGO_TARGET_DIR)" != "$(CURDIR)/target" ]; then
		install -D "$(CARGO_TARGET_DIR)/release/sekisho" target/release/sekisho
	fi

test: toolchain ## Formatter, linter, Rust tests, contract tests, browser tests.
	@.make/packages test
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target site checks contract-tests walk

# One after the other, cheapest first: they would only wait for each other's target folder.
checks: toolchain
	@for check in format lint-end2end lint-host lint-wasm rust-tests; do $(MAKE) --no-print-directory $$check; done

# The browser tests take longest: they are told of as they go on, the others when they have ended.
walk: site checks
	@$(MAKE) --no-print-directory --output-sync=none browser-tests

lint: lint-host lint-wasm lint-end2end

toolchain:
	@.make/packages build
	mkdir -p "$(CARGO_TARGET_DIR)"
	chosen=$$(.make/toolchain)
	[ "$$chosen" = "$$(cat "$(TOOLCHAIN_FILE)" 2>/dev/null)" ] || echo "$$chosen" >"$(TOOLCHAIN_FILE)"

site: toolchain ## Builds what browsers load, into target/site.
	@$(CARGO_ENVIRONMENT)
	.make/site

# All of the program but the site, beside which it is built. The site waits for the splitter, so that comes first.
library: toolchain
	@$(CARGO_ENVIRONMENT)
	cargo build --quiet --release -p split-module
	cargo build --release -p server

format: toolchain ## Checks the formatting.
	@$(CARGO_ENVIRONMENT)
	cargo fmt --all --check

lint-host: toolchain
	@$(CARGO_ENVIRONMENT)
	cargo clippy --quiet --all-targets -p split-module $(HOST_CRATES) -- $(LINT_LEVEL)

lint-wasm: toolchain
	@$(CARGO_ENVIRONMENT)
	cargo clippy --quiet -p frontend --features split --target wasm32-unknown-unknown -- $(LINT_LEVEL)

lint-end2end: toolchain
	@.make/node-modules end2end
	cd end2end
	npm run --silent check

# More at a time than there are processors: many wait, for a database or for what takes its time. One waits longer than all
# others of its kind take, so it has a run of its own beside them.
WAITS := killed_publishing::
rust-tests: program ## Runs the Rust tests, on SQLite and PostgreSQL.
	@$(CARGO_ENVIRONMENT)
	export RUST_TEST_THREADS=$${RUST_TEST_THREADS:-$$(($$(nproc) + 2))}
	cargo test --quiet $(HOST_CRATES) --test program $(WAITS) & waits=$$!
	.make/postgres cargo test --quiet $(HOST_CRATES) -- --skip $(WAITS)
	wait $$waits

# As the tests' build leaves it: by itself, it would compile its dependencies once more with other features.
program: toolchain
	@$(CARGO_ENVIRONMENT)
	cargo test --quiet --no-run $(HOST_CRATES)

contract-tests: program ## Drives the embedded backend with AWS's own clients.
	@.make/packages test
	.make/venv "$(VENV)" end2end/contract/requirements.txt
	SEKISHO_BIN="$(CARGO_TARGET_DIR)/debug/sekisho" PATH="$(VENV)/bin:$$PATH" \
		"$(VENV)/bin/python" -m pytest -q -p no:cacheprovider end2end/contract

# Of end2end/playwright.config.ts; for some of them: make browser-tests PROJECTS="embedded-ja aws-mode"
PROJECTS ?= embedded-en embedded-ja no-script-en no-script-ja aws-mode
browser-tests: program site ## Walks the console in a real browser.
	@.make/packages test
	.make/node-modules end2end
	cd end2end
	SEKISHO_BIN="$(CARGO_TARGET_DIR)/debug/sekisho" npx playwright test $(addprefix --project=,$(PROJECTS))

bench: build ## Measures the release program.
	@$(CARGO_ENVIRONMENT)
	cargo build --release --quiet -p bare-route
	node .make/bench.mjs "$(CARGO_TARGET_DIR)/release/sekisho" "$(CARGO_TARGET_DIR)/release/bare-route"

screenshots: program site ## Makes the README's pictures anew.
	@.make/packages test
	.make/node-modules end2end
	cd end2end
	SEKISHO_BIN="$(CARGO_TARGET_DIR)/debug/sekisho" npm run screenshots
