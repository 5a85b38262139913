# shellcheck shell=bash
# What the pipeline must know about this service. Sourced by scripts/ci/drill.sh.

# Answers 200 without a session, from the database: products.
# shellcheck disable=SC2034 # read by drill.sh
readonly PROBE_PATH='/api/products'
