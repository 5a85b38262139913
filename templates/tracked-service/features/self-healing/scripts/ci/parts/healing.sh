#!/usr/bin/env bash
# Self-healing in the pipeline: healing.sh prepare|lint|test|build|deploying|rolled-out|deployed (see run_parts in lib.sh).
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
source scripts/ci/tools.env

readonly FUNCTION=infra/healing
# Longer than a deployment takes. The function ignores the rest of a pause two hours after it was set.
readonly PAUSE_MS=7200000

parameter() {
  printf '/%s-%s/healing/paused-until' "$SERVICE_NAME" "${ENVIRONMENT:-production}"
}

install() {
  [[ -d $FUNCTION/node_modules ]] || npm ci --prefix "$FUNCTION" --ignore-scripts --no-audit --no-fund
}

build() {
  local bundle=$FUNCTION/dist/healing.zip
  if [[ -f $bundle && -z $(find "$FUNCTION/src" "$FUNCTION/package-lock.json" "$FUNCTION/build.mjs" -newer "$bundle") ]]; then
    return
  fi
  install
  npm run build --prefix "$FUNCTION"
}

# check_rules: Terraform lists the rules that self-healing keeps; the CDK collects them by itself.
check_rules() {
  local check=infra/terraform/check-declared-rules.mjs
  [[ ! -f $check ]] || node "$check"
}

# pause: a deployment changes what is declared; the function would undo the part that it already changed.
pause() {
  run_tool aws "$AWS_CLI_IMAGE" ssm put-parameter --name "$(parameter)" --type String --overwrite \
    --value "$(node -p "new Date(Date.now() + $PAUSE_MS).toISOString()")" > /dev/null
  log "Self-healing is paused"
}

resume() {
  run_tool aws "$AWS_CLI_IMAGE" ssm delete-parameter --name "$(parameter)" > /dev/null
  log "Self-healing has resumed"
}

# store_token: stores the portal's token for events where the function reads it.
store_token() {
  [[ -n ${CLOUDTRACE_EVENTS_TOKEN:-} ]] || return 0
  source scripts/ci/infra.sh
  local secret
  secret=$(infra_output events_token_secret_arn)
  store_secret "$secret" "$CLOUDTRACE_EVENTS_TOKEN"
}

case ${1:-} in
  prepare | build) build ;;
  lint)
    install
    npm run typecheck --prefix "$FUNCTION"
    check_rules
    ;;
  test) install && npm test --prefix "$FUNCTION" ;;
  deploying) pause ;;
  rolled-out) ;; # the function is part of the infrastructure
  # Resumes first: a token that cannot be stored must not leave the service without self-healing.
  deployed)
    resume
    store_token
    ;;
  *) fail "unknown step '${1:-}': prepare, lint, test, build, deploying, rolled-out or deployed" ;;
esac
