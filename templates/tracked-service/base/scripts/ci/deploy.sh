#!/usr/bin/env bash
# Deploys the image in reports/image.txt, or the one in IMAGE, and waits until the service responds.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/tools.env
source scripts/ci/infra.sh

if [[ -z ${IMAGE:-} ]]; then
  [[ -f $REPORTS/image.txt ]] || fail "no image: run scripts/ci/image.sh --push first, or set IMAGE"
  IMAGE=$(< "$REPORTS/image.txt")
fi
export IMAGE

infra_deploy

if [[ -n ${CLOUDTRACE_REQUESTS_TOKEN:-} ]]; then
  # From a file, because every process on the machine could read an argument.
  # Below the repository, which is all that the tool's container can access.
  secret_file=$(mktemp "$PWD/$REPORTS/secret.XXXXXX")
  trap 'rm -f "$secret_file"' EXIT
  printf '%s' "$CLOUDTRACE_REQUESTS_TOKEN" > "$secret_file"
  run_tool aws "$AWS_CLI_IMAGE" secretsmanager put-secret-value \
    --secret-id "$(infra_output ingest_token_secret_arn)" \
    --secret-string "file://$secret_file" > /dev/null
fi

url="$(infra_output service_url)/healthz/ready"
for attempt in {1..60}; do
  if curl --fail --silent --max-time 5 "$url" > /dev/null; then
    log "$url answers"
    exit 0
  fi
  log "Waiting for $url ($attempt of 60)"
  sleep 10
done
fail "$url did not respond within 10 minutes"
