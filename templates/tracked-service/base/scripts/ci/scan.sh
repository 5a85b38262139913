#!/usr/bin/env bash
# Runs the scanners in scripts/ci/scanners, or only those that are named: scan.sh [NAME…]
# Each leaves SARIF in reports/sarif; one that fails does not keep the others from running. Fails at the end if one of them
# found something that has to be fixed, or could not run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

names=("$@")
if ((${#names[@]} == 0)); then
  for scanner in scripts/ci/scanners/*.sh; do
    names+=("$(basename "$scanner" .sh)")
  done
fi

failed=()
for name in "${names[@]}"; do
  log "Scanning with $name"
  "scripts/ci/scanners/$name.sh" || failed+=("$name")
done

if ((${#failed[@]} > 0)); then
  fail "these scans did not pass: ${failed[*]}"
fi
