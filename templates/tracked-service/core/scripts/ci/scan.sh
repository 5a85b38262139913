#!/usr/bin/env bash
# Runs the scanners in scripts/ci/scanners, or only the named ones: scan.sh [NAME…]
# Each writes SARIF to reports/sarif. A failing one does not stop the others. Fails at the end if one of them found
# something that must be fixed, or could not run.
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
