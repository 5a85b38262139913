#!/usr/bin/env bash
# Types, lint and format.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm run typecheck
npm run lint
run_parts lint
