#!/usr/bin/env bash
# Installs the dependencies exactly as package-lock.json has them. No scripts of dependencies are run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm ci --ignore-scripts --no-audit --no-fund
