# shellcheck shell=bash
# What deployment and drill need from the ECS service. Sourced after infra.sh; the caller defines aws_ and report.

# compute_find: reads the names of cluster and service; fails before the first deployment.
compute_find() {
  cluster=$(infra_output ecs_cluster_name) && service=$(infra_output ecs_service_name)
}

# rollout_id: of the newest rollout; "None" if there was none.
rollout_id() {
  aws_ ecs describe-services --cluster "$cluster" --services "$service" \
    --query "services[0].deployments[?status=='PRIMARY'].id | [0]"
}

# rollout ID FIELD: "None" if ECS no longer lists it.
rollout() {
  aws_ ecs describe-services --cluster "$cluster" --services "$service" \
    --query "services[0].deployments[?id=='$1'].$2 | [0]"
}

# compute_start: after a deployment without instances. A higher minimum alone does not start tasks.
compute_start() {
  local minimum desired
  minimum=$(aws_ application-autoscaling describe-scalable-targets --service-namespace ecs \
    --resource-ids "service/$cluster/$service" --query 'ScalableTargets[0].MinCapacity' || true)
  desired=$(aws_ ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].desiredCount' || true)
  [[ $minimum =~ ^[0-9]+$ && $desired =~ ^[0-9]+$ ]] || { report 'The number of tasks could not be read'; return 1; }
  ((desired < minimum)) || return 0
  aws_ ecs update-service --cluster "$cluster" --service "$service" --desired-count "$minimum" > /dev/null \
    || { report "The service could not be set to $minimum tasks"; return 1; }
}

# wait_for_rollout BEFORE: until the rollout that the deployment started has ended. Nothing to replace starts none; if the
# last one failed, ECS starts no more tasks, so this starts it again.
# If the new tasks do not get healthy, ECS itself returns to the last version that did.
wait_for_rollout() {
  local before=$1 id status reason deadline=$((SECONDS + TIMEOUT_SECONDS))
  id=$(rollout_id)
  if [[ $id == "$before" && $(rollout "$id" rolloutState) == FAILED ]]; then
    log 'The last rollout failed: starting it again'
    aws_ ecs update-service --cluster "$cluster" --service "$service" --force-new-deployment > /dev/null
    id=$(rollout_id)
  fi
  [[ $id == ecs-svc/* ]] || { report 'ECS lists no rollout of the service'; return 1; }
  while ((SECONDS < deadline)); do
    status=$(rollout "$id" rolloutState)
    case $status in
      COMPLETED) return 0 ;;
      FAILED)
        reason=$(rollout "$id" rolloutStateReason)
        report "The rollout failed: ${reason%.}"
        return 1
        ;;
      None)
        report "ECS replaced the rollout before it was complete"
        return 1
        ;;
    esac
    log "The rollout is ${status:-unknown}, $(rollout "$id" runningCount) of $(rollout "$id" desiredCount) tasks run"
    sleep "$POLL_SECONDS"
  done
  report "The rollout did not end within $TIMEOUT_SECONDS s"
  return 1
}

# in_service [ZONE]: tasks that receive requests now, one per line
in_service() {
  local tasks filter="lastStatus=='RUNNING'"
  [[ -z ${1:-} ]] || filter="$filter && availabilityZone=='$1'"
  mapfile -t tasks < <(aws_ ecs list-tasks --cluster "$cluster" --service-name "$service" --desired-status RUNNING \
    --query 'taskArns[]' | tr '\t' '\n' | { grep '^arn:' || true; })
  ((${#tasks[@]} > 0)) || return 0
  aws_ ecs describe-tasks --cluster "$cluster" --tasks "${tasks[@]}" --query "tasks[?$filter].taskArn" | tr '\t' '\n' \
    | { grep '^arn:' || true; } # for none the CLI prints "None", or an empty line
}

# zone_of TASK
zone_of() {
  aws_ ecs describe-tasks --cluster "$cluster" --tasks "$1" --query 'tasks[0].availabilityZone'
}

# end_instances TASK…: the service keeps its desired count, so it must replace them.
end_instances() {
  local task
  for task in "$@"; do
    log "Ending $task"
    aws_ ecs stop-task --cluster "$cluster" --task "$task" --reason "Failover drill" > /dev/null
  done
}
