# Each target does its own set-up: what npm brings is fetched into a folder
# that git ignores, and embedded in the binary.

GO ?= go
ECHARTS = reports/static/vendor/echarts.min.js

.PHONY: build demo test fuzz bench assets tools clean

build: assets
	$(GO) build -trimpath -o bin/xingce ./cmd/xingce

# The main job, from spreadsheets to dashboards, then serving them.
demo: build
	bin/xingce demo

test: assets
	.ci/need-browser
	@test -z "$$(gofmt -l cmd ingest queries reports jobs)" || { gofmt -l cmd ingest queries reports jobs; echo '上列文件请先 gofmt'; exit 1; }
	$(GO) vet ./...
	@test -d ../shared/corpus || echo '注意：没有 ../shared/corpus，读真实表格的测试这次跳过'
	$(GO) test -timeout 20m ./...

# Whatever bytes come in, nothing panics: each fuzz test for FUZZ long, two at
# a time with one worker each. With no minimising, which the engine's goroutines
# would keep busy with nothing.
FUZZ = 60s
fuzz: assets
	@grep -rHo '^func Fuzz[A-Za-z]*' --include='*_test.go' ingest queries reports jobs cmd | sed 's|/[^/]*:func | |' | xargs -P 2 -L 1 sh -c '\
		said=$$($(GO) test -run "^$$" -fuzz "^$$1\$$" -fuzztime $(FUZZ) -fuzzminimizetime 1x -parallel 1 ./$$0 2>&1); bad=$$?; \
		echo "$$0 $$1"; echo "$$said" | if [ $$bad = 0 ]; then tail -n 3; else cat; fi; exit $$bad'

# Figures of speed, each beside a peer where there is one; those of the intake
# stand in one table at the end.
bench: build
	$(GO) test -timeout 30m -run '^$$' -bench . -benchtime 1x ./ingest ./reports/sheets ./cmd/xingce
	$(GO) test -timeout 60m -run '^$$' -bench Scale -benchtime 1x ./queries/duckdb
	$(GO) test -timeout 30m -run 'TestCorpus(EqualsExcel|Pairs)' -bench . -benchtime 1x ./ingest/sheet

assets: tools $(ECHARTS)

$(ECHARTS): reports/static/package-lock.json
	cd reports/static && npm ci --ignore-scripts --no-audit --no-fund
	mkdir -p $(@D)
	cp reports/static/node_modules/echarts/dist/echarts.min.js $@

# DuckDB is linked as C++, whose library a C compiler alone may lack.
tools:
	@command -v npm >/dev/null || { echo '请先安装 npm（Debian：apt-get install npm）'; exit 1; }
	@echo 'int main(void) { return 0; }' | $${CC:-cc} -x c - -lstdc++ -o /dev/null || { echo '请先安装 C 编译器和 C++ 标准库（Debian：apt-get install gcc g++）'; exit 1; }

clean:
	rm -rf bin demo reports/static/node_modules $(ECHARTS)
