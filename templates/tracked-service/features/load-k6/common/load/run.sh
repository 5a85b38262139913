#!/usr/bin/env bash
# Runs the load test with k6 and writes its figures to a file: run.sh OUTPUT
# Called by scripts/ci/load-test.sh, which sets TARGET_URL, LOAD_DURATION_SECONDS and LOAD_REQUESTS_PER_SECOND.
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/ci/lib.sh"

# renovate: datasource=docker depName=grafana/k6
readonly K6_IMAGE=grafana/k6:2.2.0@sha256:9bd01d6941fca969cb61bb57d2da5ee9b385fe2aa8881df3798c196564d6ace6

export OUTPUT=${1:?the file for the figures}
TOOL_ENV="TARGET_URL LOAD_DURATION_SECONDS LOAD_REQUESTS_PER_SECOND OUTPUT" \
  run_tool k6 "$K6_IMAGE" run --no-usage-report load/requests.js
