# Everything that needs doing has a target; each sets up what it needs. `make demo` and `make test` are the two to know.
SHELL := /bin/bash
SWIFT ?= swift
# Two parallel jobs keep the compiler within the memory of a small machine.
JOBS ?= 2
DOCKET := .build/release/docket

.PHONY: demo test bench stress peers format format-check install build docs coverage clean packages

demo: build
	$(DOCKET) demo

# What waits for clocks, servers and killed workers runs apart from what fills the cores.
WAITING := DocketTransportTests|WorkTests|KillTests|JobsCommandTests
RUN_TESTS := $(SWIFT) test --skip-build --disable-xctest --quiet
test: packages
	$(SWIFT) build --build-tests -j $(JOBS) --quiet
	$(RUN_TESTS) --skip '$(WAITING)'
	$(RUN_TESTS) --filter '$(WAITING)'

build: packages
	$(SWIFT) build -c release -j $(JOBS) --product docket

# Measured scenarios, each against a named baseline in the same run; see Benchmarks/README.md. Options of a scenario behind
# its name: SCENARIO="search --records 1000000".
bench: packages
	$(SWIFT) run --package-path Benchmarks -c release -j $(JOBS) -Xswiftc -enable-testing benchmarks $(SCENARIO)

# The search index under load: loads records, measures queries of every kind, changes records in processes that are killed,
# and holds the index against a look through all records. The records are modelled on two sets of the reference data.
REFERENCE = $(or $(DOCKET_REFERENCE_DATA),$(CURDIR)/../shared/data)
STRESS_SAMPLES ?= $(REFERENCE)/csl/records.jsonl $(REFERENCE)/drcd-retrieval/corpus.jsonl
STRESS_RECORDS ?= 1000000
STRESS_CHANGES ?= 10000
STRESS_FOLDER ?= /tmp/docket-search-stress
# all, or one of load, query and crash on the folder of an earlier run.
STRESS_PHASE ?= all
stress: packages
	$(SWIFT) run --package-path Benchmarks -c release -j $(JOBS) -Xswiftc -enable-testing search-stress $(STRESS_PHASE) \
		--records $(STRESS_RECORDS) --changes $(STRESS_CHANGES) --folder $(STRESS_FOLDER) \
		$(addprefix --sample ,$(STRESS_SAMPLES))

# Comparisons with other programs from PyPI, installed and cached outside the clone.
PEERS_RECORDS ?= 100000
peers: build
	Evaluation/peers.sh
	Evaluation/endpoints.sh
	SWIFT=$(SWIFT) JOBS=$(JOBS) Evaluation/peers-search.sh $(PEERS_RECORDS)

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
	rm -f .build/debug/codecov/*.profraw
	$(SWIFT) build --build-tests -j $(JOBS) --enable-code-coverage
	-$(SWIFT) test --skip-build --disable-xctest --enable-code-coverage --quiet
	Evaluation/coverage.sh

packages:
	@./.ci/packages

clean:
	rm -rf .build Benchmarks/.build
