#!/usr/bin/env bash
# Compares the running infrastructure with the code, and reports the result to the portal. Fails if they differ.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh

rm -f "$REPORTS/drift-status.txt"
status=0
infra_drift "$REPORTS/drift.txt" "$REPORTS/drift.json" || status=$?
case $status in
  0) result=in-sync ;;
  2) result=drifted ;;
  *) result=failed ;;
esac
# For what the pipeline does with it afterwards, see docs/pipeline.md, "Drift".
printf '%s' "$result" > "$REPORTS/drift-status.txt"

node scripts/ci/portal.mjs event drift \
  status="$result" tool="$INFRA_TOOL" stack="$SERVICE_NAME-$ENVIRONMENT" \
  driftedResources=@"$REPORTS/drift.json" description=@"$REPORTS/drift.txt"
[[ $result == in-sync ]] || fail "the infrastructure is $result: see $REPORTS/drift.txt"
