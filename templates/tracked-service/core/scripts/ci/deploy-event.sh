#!/usr/bin/env bash
# Reports a deployment to the portal: deploy-event.sh started|succeeded|failed|rolled-back
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

status=${1:?started, succeeded, failed or rolled-back}
started_at=$REPORTS/deploy-started-at.txt
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
[[ $status != started && -f $started_at ]] || printf '%s' "$now" > "$started_at"
ended_at=$now
[[ $status != started ]] || ended_at=
description="Image none"
[[ ! -f $REPORTS/image.txt ]] || description="Image $(< "$REPORTS/image.txt")"
if [[ $status != started && -f $REPORTS/deploy-result.txt ]]; then
  description=$(< "$REPORTS/deploy-result.txt")
fi
[[ $status != failed || ! -f $REPORTS/rolled-back.txt ]] || status=rolled-back

node scripts/ci/portal.mjs event deploy \
  status="$status" at="$(< "$started_at")" endedAt="$ended_at" \
  version="${COMMIT:0:12}" commit="$COMMIT" actor="$ACTOR" description="$description"
