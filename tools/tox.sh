#!/bin/sh
# Run tox of .venv with every Python this machine has. pyenv keeps its Pythons off PATH (its shims answer only for the
# chosen versions), so their folders are put in front for tox alone.
set -eu
cd "$(dirname "$0")/.."

for folder in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-3]*/bin; do
    if [ -x "$folder/python3" ]; then
        PATH="$folder:$PATH"
    fi
done
export PATH UV_PYTHON_DOWNLOADS=never SE_OFFLINE=true
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    export UV_SYSTEM_CERTS=true
fi
exec .venv/bin/tox run "$@"
