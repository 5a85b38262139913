# shellcheck shell=bash
# Terraform functions of the pipeline. Sourced by the other scripts, after lib.sh.

# shellcheck disable=SC2034 # read by infrastructure.sh
readonly INFRA_TOOL=terraform
export ENVIRONMENT=${ENVIRONMENT:-production}
export TF_IN_AUTOMATION=1 TF_INPUT=0

readonly MODULE=infra/terraform

source scripts/ci/tools.env

terraform_() {
  TOOL_ENV="TF_IN_AUTOMATION TF_INPUT" run_tool terraform "$TERRAFORM_IMAGE" -chdir="$MODULE" "$@"
}

# Checks without an account and without the state.
infra_validate() {
  terraform_ fmt -check -recursive
  terraform_ init -backend=false
  terraform_ validate
  terraform_ test
}

infra_init() {
  run_parts prepare || return 1
  require_env TF_STATE_BUCKET "the S3 bucket of Terraform's state"
  require_env AWS_REGION "the region of that bucket"
  # The lock file is committed after the first init on a developer's machine, see the README there.
  local readonly_lock=()
  [[ ! -f $MODULE/.terraform.lock.hcl ]] || readonly_lock=(-lockfile=readonly)
  terraform_ init -reconfigure "${readonly_lock[@]}" \
    -backend-config="key=$ENVIRONMENT/terraform.tfstate" \
    -backend-config="bucket=$TF_STATE_BUCKET" \
    -backend-config="region=$AWS_REGION"
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
  infra_init >&2
  terraform_ plan -lock=false \
    -var-file="environments/$ENVIRONMENT.tfvars" -var "image=$(infra_image)"
}

# infra_deploy [no-instances]
infra_deploy() {
  local instances=true
  [[ ${1:-} != no-instances ]] || instances=false
  infra_init && terraform_ apply -auto-approve -lock-timeout=10m \
    -var-file="environments/$ENVIRONMENT.tfvars" -var "image=$IMAGE" -var "instances_enabled=$instances"
}

# infra_output NAME
infra_output() {
  terraform_ output -raw "$1"
}

# infra_drift TEXT JSON: returns 0 without drift, 2 with drift, and anything else if the check failed.
infra_drift() {
  local text=$1 json=$2 status=0
  printf '[]' > "$json"
  infra_init > "$text" 2>&1 || return 1
  terraform_ plan -lock=false -detailed-exitcode -no-color -out=drift.tfplan \
    -var-file="environments/$ENVIRONMENT.tfvars" -var "image=$(infra_image)" > "$text" 2>&1 || status=$?
  if [[ $status == 2 ]]; then
    terraform_ show -json drift.tfplan | node scripts/ci/drifted-resources.mjs > "$json"
  fi
  rm -f "$MODULE/drift.tfplan"
  return "$status"
}
