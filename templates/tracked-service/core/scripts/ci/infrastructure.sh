#!/usr/bin/env bash
# Checks the infrastructure code without an account (format, types, tests), or shows what a deployment would change:
# infrastructure.sh validate|plan. The plan is also in reports/plan.txt.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh

case ${1:-} in
  validate) infra_validate ;;
  plan) infra_plan | tee "$REPORTS/plan.txt" ;;
  *) fail "usage: infrastructure.sh validate|plan" ;;
esac
