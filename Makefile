# Each target works on a fresh machine: the first one that runs makes .venv from the locked, hashed dependencies.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
export PREFECT_SERVER_ANALYTICS_ENABLED ?= false
export DO_NOT_TRACK ?= 1
export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS ?= 120

.PHONY: run test check lint bench docs bundle domains lock clean

run: $(STAMP)                 ## a whole night on data/sample: tables, report, and what came out
	$(BIN)/python -m pipelines.nightly --sample

test: lint                    ## everything under 8 minutes: lint, types, layers, tests
	$(BIN)/python -m pytest -n 2 -m "not slow" -q

check: $(STAMP)               ## what is slower: Prefect, crashes, large inputs
	$(BIN)/python -m pytest -n 2 -m slow -q

lint: $(STAMP)                ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check src pipelines tests benchmarks docs
	$(BIN)/ruff format --check --quiet src pipelines tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)               ## rows a second and peak memory beside the naive stack and the floor
	$(BIN)/python benchmarks/heads.py
	$(BIN)/python benchmarks/night.py

docs: $(STAMP)                ## the data dictionary and the README's sample rows, from the tables of `make run`
	$(BIN)/python docs/build.py

# Folder of real texts beside the project; none of them goes into the bundle, only hashed features, words and weights.
SHARED ?= ../shared
bundle: $(STAMP)              ## the starter bundle again, from the vocabulary, the recipe and the texts of SHARED
	rm -rf models/starter-* models/CHAMPION
	$(BIN)/textmine retrain --task all --fresh --recipe models/recipes/starter.toml --shared $(SHARED) --models models --promote

# Citizens' messages, car owners and ten products: each a folder of data files in models/domains, learned by the same command.
DOMAINS ?= models-domains
domains: $(STAMP)             ## a bundle for each of the other domains, from the texts of SHARED, into DOMAINS
	for domain in civic cars products; do \
		$(BIN)/textmine retrain --task all --recipe models/domains/$$domain/recipe.toml --shared $(SHARED) --models $(DOMAINS) \
		|| exit 1; done

lock:                         ## pin every dependency with its hashes; no index is named
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--no-annotate --extra dev pyproject.toml -o requirements.lock

$(STAMP): bootstrap.lock requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --no-build-isolation --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

clean:                        ## the tables of the sample night; the environment stays
	rm -rf data/landing data/published data/quarantine data/ledger data/index data/reports data/work data/registry data/labels
