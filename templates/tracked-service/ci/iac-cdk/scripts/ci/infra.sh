# shellcheck shell=bash
# AWS CDK functions of the pipeline. Sourced by the other scripts, after lib.sh.

# shellcheck disable=SC2034 # read by infrastructure.sh
readonly INFRA_TOOL=cdk
export ENVIRONMENT=${ENVIRONMENT:-production}
export CI=true

readonly APP=infra/cdk
source scripts/ci/tools.env
readonly OUTPUTS=$PWD/$REPORTS/outputs-$ENVIRONMENT.json
# Left from an earlier run, it would name what was deployed then.
rm -f "$OUTPUTS"

infra_install() {
  run_parts prepare && npm ci --prefix "$APP" --ignore-scripts --no-audit --no-fund
}

cdk_() {
  (cd "$APP" && npx --no-install cdk "$@")
}

# Checks without an account: types, tests, synthesis with the template's own validation and cdk-nag.
infra_validate() {
  infra_install
  npm run typecheck --prefix "$APP"
  npm test --prefix "$APP"
  cdk_ synth --quiet --context "environment=$ENVIRONMENT" --context "image=$SERVICE_NAME:validate"
}

# The image to compare with: the running one, unless the caller names another. None before the first deployment.
infra_image() {
  if [[ -n ${IMAGE:-} ]]; then
    printf '%s' "$IMAGE"
  else
    infra_output image 2> /dev/null || printf '%s:initial' "$SERVICE_NAME"
  fi
}

infra_plan() {
  infra_install >&2
  cdk_ diff --no-color --context "environment=$ENVIRONMENT" --context "image=$(infra_image)"
}

# infra_deploy [no-instances]
infra_deploy() {
  local instances=true
  [[ ${1:-} != no-instances ]] || instances=false
  infra_install && cdk_ deploy --all --require-approval never --outputs-file "$OUTPUTS" \
    --context "environment=$ENVIRONMENT" --context "image=$IMAGE" --context "instancesEnabled=$instances" \
    --context deploying=true
}

# infra_output NAME: from this run's last deployment, otherwise from CloudFormation.
infra_output() {
  if [[ -f $OUTPUTS ]]; then
    node scripts/ci/stack-output.mjs "$1" < "$OUTPUTS"
  else
    run_tool aws "$AWS_CLI_IMAGE" cloudformation describe-stacks --stack-name "$SERVICE_NAME-$ENVIRONMENT" --output json \
      | node scripts/ci/stack-output.mjs "$1"
  fi
}

# infra_drift TEXT JSON: returns 0 without drift, 2 with drift, and anything else if the check failed.
infra_drift() {
  local text=$1 json=$2 status=0
  printf '[]' > "$json"
  infra_install > "$text" 2>&1 || return 1
  cdk_ drift --fail --no-color \
    --context "environment=$ENVIRONMENT" --context "image=$(infra_image)" > "$text" 2>&1 || status=$?
  # The CLI exits with 1 for both drift and errors; only its summary distinguishes them.
  if [[ $status != 0 ]] && grep -qE '[0-9]+ resources? (has|have) drifted' "$text"; then
    node scripts/ci/drifted-resources.mjs < "$text" > "$json"
    return 2
  fi
  return "$status"
}
