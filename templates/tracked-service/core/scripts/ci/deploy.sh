#!/usr/bin/env bash
# Deploys the image in reports/image.txt, or the one in IMAGE, by digest, and waits until every instance runs it.
# If that fails, deploys the previous image again and ends with an error.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/tools.env
source scripts/ci/infra.sh
source scripts/ci/compute.sh

source scripts/ci/deployment.sh

readonly TIMEOUT_SECONDS=${DEPLOY_TIMEOUT_SECONDS:-1500} POLL_SECONDS=${DEPLOY_POLL_SECONDS:-10}
# The portal gets this sentence with the event, see deploy-event.sh.
readonly RESULT=$REPORTS/deploy-result.txt
rm -f "$RESULT" "$REPORTS/rolled-back.txt"

if [[ -z ${IMAGE:-} ]]; then
  [[ -f $REPORTS/image.txt ]] || fail "no image: run scripts/ci/image.sh --push first, or set IMAGE"
  IMAGE=$(< "$REPORTS/image.txt")
fi
# A tag can name another image tomorrow; the digest is what was built, scanned and approved.
[[ $IMAGE =~ @sha256:[0-9a-f]{64}$ ]] || fail "the image $IMAGE has no digest: deploy what scripts/ci/image.sh --push wrote to reports/image.txt"
wanted=$IMAGE

aws_() {
  run_tool aws "$AWS_CLI_IMAGE" --output text "$@"
}

report() {
  log "$1"
  printf '%s' "$1" > "$RESULT"
}

# confirm_image: until ten consecutive responses come from the image, and the service is ready.
confirm_image() {
  local digest=${IMAGE##*@} answer='' row=0 deadline=$((SECONDS + 600))
  while ((SECONDS < deadline)); do
    answer=$(curl --fail --silent --max-time 5 "$url/healthz/serving" || true)
    if [[ $IMAGE != *@* || $answer == *"\"imageDigest\":\"$digest\""* ]]; then row=$((row + 1)); else row=0; fi
    if ((row >= 10)) && curl --fail --silent --max-time 5 "$url/healthz/ready" > /dev/null; then
      log "$url runs $IMAGE"
      return 0
    fi
    ((row > 0)) || { log "Waiting for $IMAGE: ${answer:-no answer}" && sleep "$POLL_SECONDS"; }
  done
  report "$url did not run $IMAGE within 10 minutes: ${answer:-no answer}"
  return 1
}

# store_token: stores the portal's ingest token where the instances read it.
store_token() {
  [[ -n ${CLOUDTRACE_REQUESTS_TOKEN:-} ]] || return 0
  store_secret "$(infra_output ingest_token_secret_arn)" "$CLOUDTRACE_REQUESTS_TOKEN" \
    || { report 'The ingest token could not be stored'; return 1; }
}

# confirm_parts: waits for what optional parts roll out besides the instances; a part writes why it failed into $RESULT.
confirm_parts() {
  rm -f "$RESULT"
  run_parts rolled-out || { [[ -s $RESULT ]] || report 'A part of the repository was not rolled out'; return 1; }
}

# roll_out [previous]: "previous" returns to what was confirmed last.
# Every part says what it does on an error: within a condition, bash would go on.
roll_out() {
  local before=None
  if compute_find 2> /dev/null; then
    before=$(rollout_id || true)
    [[ -n $before ]] || { report 'The state of the last rollout could not be read'; return 1; }
  fi
  run_parts deploying || { report 'A part of the repository could not prepare for the deployment'; return 1; }
  infra_deploy || { report 'The infrastructure could not be changed'; return 1; }
  if ! { compute_find && url=$(infra_output service_url); }; then
    report 'The infrastructure has no outputs'
    return 1
  fi
  if ! { store_token && compute_start "$@" && wait_for_rollout "$before" && confirm_image && confirm_parts; }; then return 1; fi
  # The service runs; what a part could not do is no reason to roll back.
  run_parts deployed || log 'A part of the repository could not end the deployment: see above'
}

# can_return: whether something else than what failed was confirmed: another image, or the same with other manifests.
can_return() {
  [[ -n $previous ]] || return 1
  [[ $previous == "$wanted" ]] || return 0
  declare -F compute_can_return > /dev/null && compute_can_return "$previous"
}

if declare -F infra_init > /dev/null; then infra_init; else infra_install; fi
export IMAGE
if ! previous=$(deployed_image); then
  # Instances wait for the migration, and the CDK waits for instances: first everything else, then the migration.
  log 'First deployment: creating the infrastructure without instances'
  infra_deploy no-instances || { report 'The infrastructure could not be created'; fail "$(< "$RESULT")"; }
fi
require_compute "$previous" || fail "$(< "$RESULT"). The database was not migrated, and no instance was replaced."
migrate || fail "$(< "$RESULT"). No instance was replaced."

if ! roll_out; then
  reason=$(< "$RESULT")
  can_return || fail "$reason. No other deployment was confirmed, so there is none to return to."
  IMAGE=$previous
  roll_out previous || fail "$reason. Returning to $previous failed too: $(< "$RESULT")"
  if [[ $previous == "$wanted" ]]; then previous="the previous manifests of $previous"; fi
  report "$reason. Rolled back to $previous"
  touch "$REPORTS/rolled-back.txt"
  exit 1
fi
record_deployed_image
if declare -F compute_confirmed > /dev/null; then
  compute_confirmed || log 'Could not keep the manifests: if the next deployment fails, it applies those of its own commit with this image'
fi
report "Every instance runs $IMAGE"
