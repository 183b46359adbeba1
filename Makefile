# The two commands for a fresh Debian 12 with git and make: `make demo` and
# `make test`. Each installs what is missing (cmake/bootstrap.sh), builds and
# runs; the second time nothing is installed. Everything else is CMake presets.

# The build that `make demo` shows; `make demo PRESET=dev` after `make test` builds
# nothing twice.
PRESET ?= release
NINJAFLAGS ?=
CTESTFLAGS ?=

.PHONY: all program demo test check-all release dev deps format golden-update bench \
        clean help

all: release

help:
	@echo 'make               build build/release/bin/fcc'
	@echo 'make demo          take an example from source to a published package'
	@echo 'make test          build with sanitizers and run every test'
	@echo 'make check-all     make test, and the second compiler, TSan, fuzzing'
	@echo 'make bench         build and run the benchmarks'
	@echo 'make format        format the sources'
	@echo 'make golden-update rewrite the golden cases that differ; read the diff'

deps:
	@cmake/bootstrap.sh >/dev/null

# CMake needs to know about new files only; ninja asks it again by itself.
build/%/build.ninja: CMakePresets.json | build deps
	@cmake --preset $* >build/$*.log 2>&1 || { cat build/$*.log; exit 1; }

build:
	@mkdir -p build

release: build/release/build.ninja
	@ninja -C build/release $(NINJAFLAGS) fcc fcc-helpers

program: build/$(PRESET)/build.ninja
	@ninja -C build/$(PRESET) $(NINJAFLAGS) fcc fcc-helpers

dev: build/dev/build.ninja
	@ninja -C build/dev $(NINJAFLAGS)

demo: program
	@examples/demo.sh build/$(PRESET)/bin

test: dev
	@cd build/dev && ctest --output-on-failure -j 2 $(CTESTFLAGS)

# What takes longer than a push should: the same tests under clang and under
# the thread sanitizer, a minute of fuzzing for every target, templates beside
# the reference compiler, a sample of test262 (FCC_TEST262 names a checkout),
# ten thousand pages, and the components of five libraries (needs npm).
check-all: test build/tsan/build.ninja build/fuzz/build.ninja
	@ninja -C build/tsan $(NINJAFLAGS)
	@cd build/tsan && ctest --output-on-failure $(CTESTFLAGS)
	@tests/tools/check_peers.sh build/dev/bin/fcc
	@ninja -C build/fuzz $(NINJAFLAGS)
	@tests/tools/fuzz_all.sh build/fuzz 60
	@tests/tools/js_differential/run.sh build/dev/bin/fcc
	@tests/tools/test262.sh build/dev/bin/fcc
	@if [ -n "$$FCC_FRAMEWORK_APPS" ]; then \
	  ninja -C build/dev $(NINJAFLAGS) framework_boot && \
	  tests/frameworks/run.sh build/dev; \
	else echo 'no FCC_FRAMEWORK_APPS: framework packages were not booted'; fi
	@FCC_SOAK_PAGES=10000 build/dev/tests/scenario_test --gtest_filter='Pages.*' --gtest_brief=1
	@ninja -C build/dev $(NINJAFLAGS) component_sweep
	@tests/tools/sweep/run.sh build/dev

format:
	@git ls-files '*.h' '*.cpp' | xargs clang-format -i

golden-update: dev
	@build/dev/tests/golden/golden_test --update --gtest_brief=1
	@build/dev/tests/e2e/e2e_test --update --gtest_brief=1
	@git --no-pager diff --stat -- tests/golden tests/e2e

bench: release
	@ninja -C build/release $(NINJAFLAGS) benches
	@bench/run.sh build/release

clean:
	@rm -rf build
