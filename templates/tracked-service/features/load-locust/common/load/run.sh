#!/usr/bin/env bash
# Runs the load test with Locust and writes its figures to a file: run.sh OUTPUT
# Called by scripts/ci/load-test.sh, which sets TARGET_URL, LOAD_DURATION_SECONDS and LOAD_REQUESTS_PER_SECOND.
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/ci/lib.sh"

# renovate: datasource=docker depName=locustio/locust
readonly LOCUST_IMAGE=locustio/locust:2.46.6@sha256:d43616228012a7d79b883e2ecd42f87640469377f2b666c4ab27e5248dfdf35f

export OUTPUT=${1:?the file for the figures}
# Each user sends one request per second.
TOOL_ENV="OUTPUT" run_tool locust "$LOCUST_IMAGE" \
  --headless --only-summary --locustfile load/locustfile.py --host "$TARGET_URL" \
  --users "$LOAD_REQUESTS_PER_SECOND" --spawn-rate "$LOAD_REQUESTS_PER_SECOND" \
  --run-time "${LOAD_DURATION_SECONDS}s" --stop-timeout 10
