#!/usr/bin/env bash
# Shows what a deployment would change, without changing anything. The text is also in reports/plan.txt.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh

infra_plan | tee "$REPORTS/plan.txt"
