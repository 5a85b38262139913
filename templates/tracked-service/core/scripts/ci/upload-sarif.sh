#!/usr/bin/env bash
# Sends every report in reports/sarif to the portal. Run it even if a scan failed, because then there are new findings.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

shopt -s nullglob
reports=("$REPORTS"/sarif/*.sarif)
if ((${#reports[@]} == 0)); then
  log "No SARIF reports to upload"
  exit 0
fi
node scripts/ci/portal.mjs sarif "${reports[@]}"
