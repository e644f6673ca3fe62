.DEFAULT_GOAL := help
.PHONY: help setup demo test clean

CASES ?= 10
WORKDIR ?= demo-work

help: ## このヘルプを表示します
	@echo 'munibots'
	@echo
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/'

setup: ## 必要なものを入れます(Debian パッケージ、.venv、munibots)。何度実行しても安全です
	@sh tools/setup.sh

demo: setup ## 架空の市で届出 10 件を読み取り、確かめ、実ブラウザで入力します(CASES=件数、WORKDIR=フォルダ)
	@SE_OFFLINE=true .venv/bin/munibots demo --cases '$(CASES)' --workdir '$(WORKDIR)'

test: setup ## すべての試験を tox で実行します(一部だけなら .venv/bin/tox -e py311 など)
	@sh tools/tox.sh

clean: ## .venv、.tox、試験の残りを消します(案件の入った作業フォルダは消しません)
	rm -rf .venv .tox build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
