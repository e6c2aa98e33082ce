# What people run. Each target is complete on a machine with Python 3.11 or later and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test check docs pictures expected bench bench-view vendor mutate kill format clean

demo: $(VENV)/.installed                 ## install, then build, check, ask, draw and export Stockholm
	$(BIN)/kg demo

test: $(VENV)/.tested                    ## install with what tests need, then run all tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: $(VENV)/.checked                  ## lint, types, and the data itself
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/kg check --ontology
	$(BIN)/python docs/write.py --check

docs: $(VENV)/.tested                    ## write the reference pages from the code
	$(BIN)/python docs/write.py

pictures: $(VENV)/.tested                ## take the pictures of the view anew; needs Chromium
	$(BIN)/python docs/pictures.py

expected: $(VENV)/.tested                ## write the questions' expected answers anew; read the difference
	$(BIN)/python -m pytest -q tests/test_questions.py --rewrite-expected

bench: $(VENV)/.tested                   ## measure the cold query, the open one, and how a check grows with its folder
	$(BIN)/python benchmarks/cold_query.py
	$(BIN)/python benchmarks/open_query.py
	$(BIN)/python benchmarks/check_scale.py 1 10

mutate: $(VENV)/.tested                  ## damage Stockholm's tables 500 times; TEXTS="DIR ..." holds the documents
	$(BIN)/python benchmarks/mutations.py $(TEXTS)

kill: $(VENV)/.tested                    ## kill a build 200 times and look at what is left
	$(BIN)/python benchmarks/kills.py 200

bench-view: $(VENV)/.tested              ## measure the view beside plain pyvis
	$(BIN)/python benchmarks/view.py

vendor: $(VENV)/.tested                  ## fetch the pinned browser scripts anew; needs npm
	$(BIN)/python vendor/refresh.py

format: $(VENV)/.checked
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp each, so that nothing is installed twice; a changed pyproject.toml installs again.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.tested: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/.installed

$(VENV)/.checked: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[test,check]"
	touch $@ $(VENV)/.installed $(VENV)/.tested
