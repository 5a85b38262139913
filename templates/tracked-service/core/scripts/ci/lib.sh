# shellcheck shell=bash
# Shared by all scripts of the pipeline. Sourced, not run:
#
#   source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
#
# Changes to the root of the repository, and sets the same variables for the scripts whatever runs them:
# COMMIT, REF, RUN_ID, RUN_URL, ACTOR; and from .cloudtrace/service.env: SERVICE_NAME, CLOUDTRACE_URL.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=/dev/null
source .cloudtrace/service.env

readonly REPORTS=reports
mkdir -p "$REPORTS/sarif"

export COMMIT=${GITHUB_SHA:-${BITBUCKET_COMMIT:-${GIT_COMMIT:-$(git rev-parse HEAD)}}}
export REF=${GITHUB_REF_NAME:-${BITBUCKET_BRANCH:-${BRANCH_NAME:-$(git rev-parse --abbrev-ref HEAD)}}}
export RUN_ID=${GITHUB_RUN_ID:-${BITBUCKET_BUILD_NUMBER:-${BUILD_TAG:-local-$COMMIT}}}
export ACTOR=${GITHUB_ACTOR:-${BITBUCKET_STEP_TRIGGERER_UUID:-${BUILD_USER_ID:-}}}
if [[ -n ${GITHUB_RUN_ID:-} ]]; then
  RUN_URL="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
elif [[ -n ${BITBUCKET_BUILD_NUMBER:-} ]]; then
  RUN_URL="$BITBUCKET_GIT_HTTP_ORIGIN/pipelines/results/$BITBUCKET_BUILD_NUMBER"
else
  RUN_URL=${BUILD_URL:-}
fi
export RUN_URL

log() {
  printf '%s\n' "--- $*" >&2
}

fail() {
  printf '%s\n' "Error: $*" >&2
  exit 1
}

# require_env NAME WHAT: stops with a message if a variable is missing.
require_env() {
  [[ -n ${!1:-} ]] || fail "$1 is not set: $2. See docs/pipeline.md, \"Variables and secrets\"."
}

# run_tool NAME IMAGE ARGUMENT…: runs an installed tool, otherwise its container, with the same paths and the AWS environment.
# TOOL_ENV names additional variables for the container.
run_tool() {
  local name=$1 image=$2
  shift 2
  # Only programs: a script may wrap a tool in a function of the same name.
  if type -P "$name" > /dev/null; then
    "$(type -P "$name")" "$@"
    return
  fi
  type -P docker > /dev/null || fail "neither $name nor docker is installed"
  local options=(--rm --volume "$PWD:$PWD" --workdir "$PWD" --user "$(id -u):$(id -g)" --env HOME=/tmp) variable
  for variable in $(compgen -e | grep '^AWS_' || true) ${TOOL_ENV:-}; do
    options+=(--env "$variable")
  done
  # The identity of the run may be in a file outside of the repository.
  if [[ -n ${AWS_WEB_IDENTITY_TOKEN_FILE:-} ]]; then
    options+=(--volume "$AWS_WEB_IDENTITY_TOKEN_FILE:$AWS_WEB_IDENTITY_TOKEN_FILE:ro")
  fi
  docker run "${options[@]}" "$image" "$@"
}

# run_parts STEP: runs a step of the optional parts of this repository. STEP is prepare (before anything reads infra/), lint,
# test, build, deploying, rolled-out or deployed.
run_parts() {
  local part
  for part in scripts/ci/parts/*.sh; do
    [[ ! -f $part ]] || "$part" "$1" || return 1
  done
}

# store_secret ARN VALUE: replaces the value of a secret in AWS. The caller sources tools.env.
store_secret() {
  # From a file, because every process on the machine could read an argument.
  # Below the repository, which is all that the tool's container can access.
  local file status=0
  file=$(mktemp "$PWD/$REPORTS/secret.XXXXXX")
  # shellcheck disable=SC2064 # the name is known now, and gone when the script ends
  trap "rm -f '$file'" EXIT
  printf '%s' "$2" > "$file"
  run_tool aws "$AWS_CLI_IMAGE" secretsmanager put-secret-value --secret-id "$1" --secret-string "file://$file" \
    > /dev/null || status=$?
  rm -f "$file"
  return "$status"
}
