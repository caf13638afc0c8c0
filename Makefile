# Everything that needs doing has a target; each sets up what it needs. `make demo` and `make test` are the two to know.
SHELL := /bin/bash
SWIFT ?= swift
# Two parallel jobs keep the compiler within the memory of a small machine.
JOBS ?= 2
DOCKET := .build/release/docket

.PHONY: demo test bench peers format format-check install build docs coverage clean packages

demo: build
	$(DOCKET) demo

test: packages
	$(SWIFT) test -j $(JOBS) --disable-xctest --quiet

build: packages
	$(SWIFT) build -c release -j $(JOBS) --product docket

# Measured scenarios, each against a named baseline in the same run; see Benchmarks/README.md.
bench: packages
	$(SWIFT) run --package-path Benchmarks -c release -j $(JOBS) benchmarks $(SCENARIO)

# Comparisons with other programs from PyPI, installed and cached outside the clone.
peers: build
	Evaluation/peers.sh

# Installs the release binary and its shell completions under PREFIX.
PREFIX ?= /usr/local
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(DOCKET) $(DESTDIR)$(PREFIX)/bin/docket
	$(DOCKET) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/docket

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Benchmarks/Sources Package.swift

format-check:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Benchmarks/Sources Package.swift

# Rewrites the documents that are made from the program.
docs: build
	python3 .ci/embed.py
	$(DOCKET) documentation cli > docs/cli.md
	$(DOCKET) documentation rules > docs/rules.md

coverage: packages
	$(SWIFT) test -j $(JOBS) --disable-xctest --enable-code-coverage --quiet
	Evaluation/coverage.sh

packages:
	@./.ci/packages

clean:
	rm -rf .build Benchmarks/.build
