#!/usr/bin/env bash
# Compiles the service to dist/.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm run build
run_parts build
