#!/usr/bin/env bash
# The infrastructure code: infrastructure.sh validate|plan|drift
# validate checks it without an account (format, types, tests), plan shows what a deployment would change (also in
# reports/plan.txt), and drift compares it with what runs, and reports the result to the portal.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh

# Fails if what runs differs from the code.
drift() {
  local status=0 result
  rm -f "$REPORTS/drift-status.txt"
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
}

case ${1:-} in
  validate) infra_validate ;;
  plan) infra_plan | tee "$REPORTS/plan.txt" ;;
  drift) drift ;;
  *) fail "usage: infrastructure.sh validate|plan|drift" ;;
esac
