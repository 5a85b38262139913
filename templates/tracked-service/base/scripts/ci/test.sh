#!/usr/bin/env bash
# Unit tests; with TEST_DATABASE_URL set also those that need PostgreSQL.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

npm test
if [[ -n ${TEST_DATABASE_URL:-} ]]; then
  npm run test:integration
else
  log "TEST_DATABASE_URL is not set: tests that need PostgreSQL are left out"
fi
