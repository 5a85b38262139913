#!/usr/bin/env bash
# Runs every scanner in scripts/ci/scanners. Each leaves SARIF in reports/sarif; one that fails does not keep the others from
# running. Fails at the end if one of them found something that has to be fixed, or could not run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

failed=()
for scanner in scripts/ci/scanners/*.sh; do
  name=$(basename "$scanner" .sh)
  log "Scanning with $name"
  "$scanner" || failed+=("$name")
done

if ((${#failed[@]} > 0)); then
  fail "these scans did not pass: ${failed[*]}"
fi
