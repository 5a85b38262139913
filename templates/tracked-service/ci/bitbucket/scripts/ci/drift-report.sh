#!/usr/bin/env bash
# Shows what drifted as a report of the commit (Code Insights). Reads reports/drift-status.txt and reports/drift.json.
# The step's own proxy signs the request, so it needs no token. Issues and pull requests would need one.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly PROXY=${BITBUCKET_PROXY:-http://localhost:29418}
readonly REPORT="http://api.bitbucket.org/2.0/repositories/$BITBUCKET_REPO_FULL_NAME/commit/$BITBUCKET_COMMIT/reports/drift"

send() {
  curl --fail-with-body --silent --show-error --max-time 30 --proxy "$PROXY" --request "$1" "$2" \
    --header 'Content-Type: application/json' --data @- > /dev/null
}

status=$(cat "$REPORTS/drift-status.txt" 2> /dev/null || printf 'not checked')
case $status in
  in-sync | drifted) ;;
  # A check that failed says nothing about drift.
  *) log "No report of drift: the check ended as $status" && exit 0 ;;
esac

node scripts/ci/drift-insights.mjs report "$status" < "$REPORTS/drift.json" | send PUT "$REPORT"
if [[ $status == drifted ]]; then
  node scripts/ci/drift-insights.mjs annotations "$status" < "$REPORTS/drift.json" | send POST "$REPORT/annotations"
fi
log "Reported drift to the commit $BITBUCKET_COMMIT"
