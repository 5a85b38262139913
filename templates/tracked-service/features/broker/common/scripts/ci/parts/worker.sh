#!/usr/bin/env bash
# The workers in the pipeline: worker.sh prepare|lint|test|build|deploying|rolled-out|deployed (see run_parts in lib.sh).
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
source scripts/ci/tools.env

readonly TIMEOUT_SECONDS=${DEPLOY_TIMEOUT_SECONDS:-1500} POLL_SECONDS=${DEPLOY_POLL_SECONDS:-10}

aws_() {
  run_tool aws "$AWS_CLI_IMAGE" --output text "$@"
}

# give_up REASON: the deployment reports it, and returns to the previous image.
give_up() {
  printf '%s' "$1" > "$REPORTS/deploy-result.txt"
  fail "$1"
}

# state FIELD: of the newest rollout.
state() {
  aws_ ecs describe-services --cluster "$cluster" --services "$service" \
    --query "services[0].deployments[?status=='PRIMARY'].$1 | [0]"
}

# start: after a deployment without instances. A higher minimum alone does not start workers, and a higher count alone is no
# rollout, which would end only when they are healthy.
start() {
  local minimum desired
  minimum=$(aws_ application-autoscaling describe-scalable-targets --service-namespace ecs \
    --resource-ids "service/$cluster/$service" --query 'ScalableTargets[0].MinCapacity' || true)
  desired=$(aws_ ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].desiredCount' || true)
  [[ $minimum =~ ^[0-9]+$ && $desired =~ ^[0-9]+$ ]] || give_up 'The number of workers could not be read'
  ((desired < minimum)) || return 0
  aws_ ecs update-service --cluster "$cluster" --service "$service" --desired-count "$minimum" --force-new-deployment > /dev/null \
    || give_up "The workers could not be set to $minimum"
}

# wait_for_workers: until all of them run the task that the infrastructure names, which has the image of the deployment. If
# new workers do not get healthy, ECS itself returns to the last version that did.
wait_for_workers() {
  local wanted status reason deadline=$((SECONDS + TIMEOUT_SECONDS))
  wanted=$(infra_output worker_task_definition) || give_up 'The infrastructure names no task of the workers'
  while ((SECONDS < deadline)); do
    status=$(state rolloutState || true)
    if [[ $status == FAILED ]]; then
      reason=$(state rolloutStateReason || true)
      give_up "The rollout of the workers failed: ${reason%.}"
    fi
    if [[ $status == COMPLETED ]]; then
      [[ $(state taskDefinition || true) == "$wanted" ]] || give_up 'ECS returned to the previous version of the workers'
      log "All workers run $wanted"
      return 0
    fi
    log "The rollout of the workers is ${status:-unknown}, $(state runningCount || true) of $(state desiredCount || true) run"
    sleep "$POLL_SECONDS"
  done
  give_up "The rollout of the workers did not end within $TIMEOUT_SECONDS s"
}

roll_out() {
  source scripts/ci/infra.sh
  if ! { cluster=$(infra_output worker_cluster) && service=$(infra_output worker_service); }; then
    give_up 'The infrastructure names no workers'
  fi
  start
  wait_for_workers
}

case ${1:-} in
  prepare | lint | test | build | deploying | deployed) ;; # nothing to do: the workers run the image of the service
  rolled-out) roll_out ;;
  *) fail "unknown step '${1:-}': prepare, lint, test, build, deploying, rolled-out or deployed" ;;
esac
