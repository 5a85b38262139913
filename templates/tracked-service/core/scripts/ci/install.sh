#!/usr/bin/env bash
# Installs the dependencies exactly as in package-lock.json. Does not run scripts of dependencies.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm ci --ignore-scripts --no-audit --no-fund
