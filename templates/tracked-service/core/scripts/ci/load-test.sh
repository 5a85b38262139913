#!/usr/bin/env bash
# Runs the load test against TARGET_URL and reports the result to the portal. Fails if a threshold is exceeded.
# LOAD_DURATION_SECONDS and LOAD_REQUESTS_PER_SECOND bound it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

require_env TARGET_URL "the address to test, such as https://$SERVICE_NAME.staging.example.com"
export LOAD_DURATION_SECONDS=${LOAD_DURATION_SECONDS:-60}
export LOAD_REQUESTS_PER_SECOND=${LOAD_REQUESTS_PER_SECOND:-20}
((LOAD_DURATION_SECONDS <= 3600)) || fail "LOAD_DURATION_SECONDS may not be more than 3600"

started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
result=passed
load/run.sh "$REPORTS/load-test.json" || result=failed
[[ -f $REPORTS/load-test.json ]] || printf '{}' > "$REPORTS/load-test.json"

node scripts/ci/portal.mjs event load-test \
  status="$result" at="$started" endedAt="$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  description="$LOAD_REQUESTS_PER_SECOND requests/s for $LOAD_DURATION_SECONDS s against $TARGET_URL" \
  @"$REPORTS/load-test.json"
[[ $result == passed ]] || fail "the load test did not pass: see the output above"
