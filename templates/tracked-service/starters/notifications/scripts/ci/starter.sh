# shellcheck shell=bash
# What the pipeline must know about this service. Sourced by scripts/ci/drill.sh.

# Answers 200 if the database answers; every other page with data needs a session.
# shellcheck disable=SC2034 # read by drill.sh
readonly PROBE_PATH='/healthz/ready'
