# make run, make test, make chat, make bench: see README.md. A step runs only when what it depends
# on changed; stamps of finished steps lie in the virtual environment and in var/.

EBW_DATA_DIR ?= var
VENV := .venv
PYTHON := $(VENV)/bin/python
MODEL := $(EBW_DATA_DIR)/models/ebw.tar.gz
# A stamp per database: with another EBW_DATABASE_URL the steps are still to be done.
DATABASE := $(EBW_DATA_DIR)/.database-$(shell printf '%s' '$(EBW_DATABASE_URL)' | cksum | cut -d' ' -f1)
INSTALLED := $(VENV)/.installed
IMPORTS := $(PYTHON) -c 'import rasa, rasa_sdk, spacy, sqlalchemy'

MODEL_SOURCES := config.yml domain.yml $(shell find bot/data bot/nlu -name '*.yml' -o -name '*.py') \
	bot/policy.py knowledge/content/vocabulary.yml knowledge/content/gemeenten.csv $(wildcard knowledge/*.py)
DATABASE_SOURCES := $(wildcard storage/*.py storage/migrations/versions/*.py knowledge/content/*.yml)

export EBW_DATA_DIR
export PYTHONPATH := $(CURDIR)
export RASA_TELEMETRY_ENABLED := false
export RASA_CACHE_DIRECTORY := $(EBW_DATA_DIR)/cache
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Warnings of Rasa's dependencies about their own age; nothing a user can act on.
export PYTHONWARNINGS := ignore

.PHONY: run test chat teams bench cluster load audit sbom lint lint-deploy lock train nlu-model clean

run: $(INSTALLED) $(MODEL) database
	@exec $(VENV)/bin/ebw run

test: $(INSTALLED) $(MODEL)
	$(PYTHON) -m pytest

chat: $(INSTALLED) $(MODEL) database
	@exec $(VENV)/bin/ebw chat

# Against an assistant that runs with EBW_TEAMS_PLAYGROUND=1 (docs/channels.md).
teams: $(INSTALLED)
	@exec $(PYTHON) -m ebw.teams_playground

bench: $(INSTALLED) $(MODEL)
	$(PYTHON) -m tests.bench

# The assistant as on several machines; needs nginx, redis-server and postgresql of the system.
cluster: $(INSTALLED) $(MODEL)
	@exec $(PYTHON) -m deploy

# 200 users for ten minutes, and more: `make load ARGUMENTS="--minutes 1"` for a try.
load: $(INSTALLED) $(MODEL) $(EBW_DATA_DIR)/load/.installed
	$(PYTHON) -m tests.load $(ARGUMENTS)

# Locust needs other versions than Rasa does: it has a virtual environment of its own.
$(EBW_DATA_DIR)/load/.installed: tests/load/requirements.txt
	$(PYTHON) -m venv $(@D)/venv
	$(@D)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Known faults in what is installed; fails on one that scripts/audit.toml does not give a reason for.
audit: $(INSTALLED) $(EBW_DATA_DIR)/audit/.installed
	$(PYTHON) scripts/audit.py $(EBW_DATA_DIR)/audit/venv/bin/pip-audit

# What the program is made of, as CycloneDX: every package with its version and licence.
sbom: $(INSTALLED) $(EBW_DATA_DIR)/audit/.installed
	$(EBW_DATA_DIR)/audit/venv/bin/cyclonedx-py environment --pyproject pyproject.toml \
		--output-reproducible --output-file $(EBW_DATA_DIR)/sbom.json $(PYTHON)

$(EBW_DATA_DIR)/audit/.installed: scripts/audit-requirements.txt
	$(PYTHON) -m venv $(@D)/venv
	$(@D)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

lint: $(INSTALLED)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# The files of deploy/ as those who would run them read them: no Docker and no Kubernetes needed.
lint-deploy: $(INSTALLED) $(EBW_DATA_DIR)/lint-deploy/.installed
	$(EBW_DATA_DIR)/lint-deploy/venv/bin/kubernetes-validate --strict --quiet deploy/kubernetes/*.yml
	$(EBW_DATA_DIR)/lint-deploy/venv/bin/python scripts/lint_compose.py deploy/compose.yml

$(EBW_DATA_DIR)/lint-deploy/.installed: scripts/deploy-requirements.txt
	$(PYTHON) -m venv $(@D)/venv
	$(@D)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

train: $(MODEL)

# Remakes requirements.lock from pyproject.toml; takes uv from the package index when there is none.
lock:
	@command -v uv >/dev/null 2>&1 || $(PYTHON) -m pip install --quiet uv
	PATH="$$PATH:$(CURDIR)/$(VENV)/bin" uv pip compile pyproject.toml --extra dev \
		--python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet \
		--output-file requirements.lock

nlu-model: $(INSTALLED)
	$(PYTHON) -m bot.nlu.fetch_model

clean:
	rm -rf $(VENV) $(EBW_DATA_DIR)

$(INSTALLED): requirements.lock pyproject.toml
	@echo "1/3 Installing the packages into $(VENV) (once; about two minutes) …"
	@python=$$(scripts/find-python) && "$$python" -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps \
		--ignore-requires-python --require-hashes -r requirements.lock 2>&1 | grep -v '^WARNING: Location' || true
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		-e . 2>&1 | grep -v '^WARNING: Location' || true
	@# Quiet, as spaCy switches on what PYTHONWARNINGS switched off; again, aloud, when it fails.
	@$(IMPORTS) 2>/dev/null || $(IMPORTS)
	@touch $@

$(MODEL): $(INSTALLED) $(MODEL_SOURCES)
	@echo "2/3 Training the model (about two minutes) …"
	@$(PYTHON) -m bot.train

.PHONY: database always
database: $(DATABASE)

# A database file that was removed is made anew.
ifeq ($(EBW_DATABASE_URL)$(wildcard $(EBW_DATA_DIR)/ebw.db),)
$(DATABASE): always
endif

$(DATABASE): $(INSTALLED) $(DATABASE_SOURCES)
	@echo "3/3 Bringing the database up to date …"
	@$(VENV)/bin/ebw db upgrade
	@mkdir -p $(@D) && touch $@
