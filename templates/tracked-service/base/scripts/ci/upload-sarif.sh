#!/usr/bin/env bash
# Sends every report in reports/sarif to the portal. Run it also when a scan failed: that is when the portal has news.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

shopt -s nullglob
reports=("$REPORTS"/sarif/*.sarif)
if ((${#reports[@]} == 0)); then
  log "No SARIF reports to upload"
  exit 0
fi
node scripts/ci/portal.mjs sarif "${reports[@]}"
