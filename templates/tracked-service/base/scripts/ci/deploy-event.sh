#!/usr/bin/env bash
# Tells the portal about a deployment: deploy-event.sh started|succeeded|failed|rolled-back
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

status=${1:?started, succeeded, failed or rolled-back}
image=none
[[ ! -f $REPORTS/image.txt ]] || image=$(< "$REPORTS/image.txt")

node scripts/ci/portal.mjs event deploy \
  status="$status" version="${COMMIT:0:12}" commit="$COMMIT" actor="$ACTOR" \
  description="Image $image"
