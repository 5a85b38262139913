# shellcheck shell=bash
# Functions of deploy.sh: the way to what it changes, the migration task, and the image to return to. Sourced after infra.sh and
# compute.sh; the caller defines aws_ and report.

readonly MIGRATION_TIMEOUT_SECONDS=${MIGRATION_TIMEOUT_SECONDS:-1800}

# migration_definition: registers the task with the image to deploy, because the infrastructure still names the running one.
migration_definition() {
  local definition file=$REPORTS/migration-task.json
  definition=$(infra_output migration_task_definition) || return 1
  run_tool aws "$AWS_CLI_IMAGE" ecs describe-task-definition --task-definition "$definition" --output json \
    | node scripts/ci/task-with-image.mjs "$IMAGE" > "$file" || return 1
  aws_ ecs register-task-definition --cli-input-json "file://$PWD/$file" --query taskDefinition.taskDefinitionArn
}

# migrate: runs the migrations of the image in a task of its own, with the master user. Nothing else has changed yet, so
# that the running version goes on if they fail; it has to work with the new schema until it is replaced.
migrate() {
  local cluster definition subnets security_group task status code deadline=$((SECONDS + MIGRATION_TIMEOUT_SECONDS))
  if ! { cluster=$(infra_output migration_cluster) && definition=$(migration_definition) \
    && subnets=$(infra_output migration_subnets) && security_group=$(infra_output migration_security_group); }; then
    report 'The migration task could not be prepared'
    return 1
  fi
  task=$(aws_ ecs run-task --cluster "$cluster" --task-definition "$definition" --launch-type FARGATE \
    --network-configuration "awsvpcConfiguration={subnets=[$subnets],securityGroups=[$security_group],assignPublicIp=DISABLED}" \
    --query 'tasks[0].taskArn' || true)
  [[ $task == arn:* ]] || { report 'The migration could not be started'; return 1; }
  while ((SECONDS < deadline)); do
    status=$(aws_ ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].lastStatus') || status=unknown
    if [[ $status == STOPPED ]]; then
      code=$(aws_ ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].containers[0].exitCode')
      [[ $code == 0 ]] && return 0
      report "The migration ended with ${code:-an unknown code}; see the log group /cloudtrace/$SERVICE_NAME-$ENVIRONMENT/migration"
      return 1
    fi
    log "The migration is $status"
    sleep "$POLL_SECONDS"
  done
  aws_ ecs stop-task --cluster "$cluster" --task "$task" --reason 'Time limit of the deployment' > /dev/null || true
  report "The migration did not end within $MIGRATION_TIMEOUT_SECONDS s and was stopped"
  return 1
}

# What a deployment confirmed. The infrastructure names the image that was applied last, which may be one that failed.
readonly DEPLOYED_IMAGE_PARAMETER=/cloudtrace/$SERVICE_NAME-$ENVIRONMENT/deployed-image

# confirmed_image: fails if none was confirmed.
confirmed_image() {
  aws_ ssm get-parameter --name "$DEPLOYED_IMAGE_PARAMETER" --query Parameter.Value 2> /dev/null
}

# deployed_image: the last confirmed image, otherwise the applied one; fails if there is neither.
deployed_image() {
  confirmed_image || infra_output image 2> /dev/null
}

# require_compute PREVIOUS: fails if this run cannot reach what it would roll out to; after the migration, that would be too late.
# The settings of this commit may be what lets the run in, so the infrastructure gets them, with the image that it has.
require_compute() {
  local only_infrastructure=()
  declare -F compute_reachable > /dev/null || return 0
  if compute_find && compute_reachable; then return 0; fi
  # Without a previous image, it was created a moment ago, with these settings.
  [[ -n $1 ]] || return 1
  log 'Applying the settings of this commit, which may let this run in'
  confirmed_image > /dev/null || only_infrastructure=(no-instances)
  IMAGE=$1 infra_deploy "${only_infrastructure[@]}" || { report 'The infrastructure could not be changed'; return 1; }
  compute_find || { report 'The infrastructure has no outputs'; return 1; }
  compute_reachable
}

# record_deployed_image: stores it, and tags it in ECR, whose lifecycle rule spares deployed images.
record_deployed_image() {
  aws_ ssm put-parameter --name "$DEPLOYED_IMAGE_PARAMETER" --type String --overwrite --value "$IMAGE" > /dev/null \
    || log "Could not store $IMAGE in $DEPLOYED_IMAGE_PARAMETER: the next deployment may return to another image if it fails"
  [[ $IMAGE != *.dkr.ecr.*.amazonaws.com/* ]] || tag_deployed_image \
    || log "Could not tag $IMAGE as deployed: ECR may delete it after 50 newer images"
}

tag_deployed_image() {
  local repository=${IMAGE#*/} digest=${IMAGE##*@} tag manifest=$REPORTS/manifest.json type error
  repository=${repository%%@*}
  repository=${repository%%:*}
  tag=deployed-$ENVIRONMENT-${digest:7:12}
  aws_ ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" \
    --query 'images[0].imageManifest' > "$manifest" || return 1
  type=$(aws_ ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" \
    --query 'images[0].imageManifestMediaType') || return 1
  # The CLI ends its text with a line break, which would make another digest.
  error=$(aws_ ecr put-image --repository-name "$repository" --image-tag "$tag" --image-manifest-media-type "$type" \
    --image-manifest "$(< "$manifest")" 2>&1 > /dev/null) || [[ $error == *ImageAlreadyExistsException* ]]
}
