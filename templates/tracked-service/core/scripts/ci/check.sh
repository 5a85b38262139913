#!/usr/bin/env bash
# Types, lint and format; compiles the service to dist/.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm run typecheck
npm run lint
run_parts lint
npm run build
run_parts build
