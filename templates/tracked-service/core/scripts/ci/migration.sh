# shellcheck shell=bash
# The migration task of a deployment. Sourced after infra.sh; the caller defines aws_ and report.

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
