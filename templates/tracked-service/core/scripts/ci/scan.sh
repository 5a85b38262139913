#!/usr/bin/env bash
# Runs the scanners in scripts/ci/scanners, or only the named ones: scan.sh [NAME…]
# scan.sh --upload sends every report in reports/sarif to the portal: even if a scan failed, because then there are new findings.
# Each writes SARIF to reports/sarif. A failing one does not stop the others. Fails at the end if one of them found
# something that must be fixed, or could not run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [[ ${1:-} == --upload ]]; then
  shopt -s nullglob
  reports=("$REPORTS"/sarif/*.sarif)
  ((${#reports[@]} > 0)) || { log "No SARIF reports to upload"; exit 0; }
  exec node scripts/ci/portal.mjs sarif "${reports[@]}"
fi

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
