# shellcheck shell=bash
# What deployment and drill need from the Auto Scaling group. Sourced after infra.sh; the caller defines aws_ and report.

# compute_find: reads the group's name; fails before the first deployment.
compute_find() {
  group=$(infra_output auto_scaling_group_name)
}

# newest_refresh FIELD: of the group's newest instance refresh; "None" if it never had one.
newest_refresh() {
  aws_ autoscaling describe-instance-refreshes --auto-scaling-group-name "$group" --max-records 1 \
    --query "InstanceRefreshes[0].$1"
}

# rollout_id: of the newest rollout; "None" if there was none.
rollout_id() {
  newest_refresh InstanceRefreshId
}

# compute_start: after a deployment without instances. Auto Scaling itself starts the minimum.
compute_start() {
  return 0
}

# wait_for_rollout BEFORE: until the refresh that the deployment started has ended. Nothing to replace starts none; if the
# last one failed, some instances may still run the image before, so this starts another.
wait_for_rollout() {
  local before=$1 id status reason deadline=$((SECONDS + TIMEOUT_SECONDS))
  id=$(newest_refresh InstanceRefreshId)
  if [[ $id == "$before" ]]; then
    status=$(newest_refresh Status)
    case $status in
      None | Successful) return 0 ;;
      Failed | Cancelled | Rollback*)
        log "The last instance refresh ended with $status: starting another"
        aws_ autoscaling start-instance-refresh --auto-scaling-group-name "$group" \
          --preferences InstanceWarmup=240,MinHealthyPercentage=100,MaxHealthyPercentage=150,SkipMatching=true > /dev/null \
          || { report 'The instance refresh could not be started'; return 1; }
        ;;
    esac
  fi
  while ((SECONDS < deadline)); do
    status=$(newest_refresh Status)
    case $status in
      Successful) return 0 ;;
      Failed | Cancelled | Rollback*)
        reason=$(newest_refresh StatusReason)
        report "The instance refresh ended with $status: ${reason%.}"
        return 1
        ;;
    esac
    log "The instance refresh is ${status:-unknown}, $(newest_refresh PercentageComplete) % complete"
    sleep "$POLL_SECONDS"
  done
  report "The instance refresh did not end within $TIMEOUT_SECONDS s"
  return 1
}

# in_service [ZONE]: instances that receive requests now, one per line
in_service() {
  local filter="LifecycleState=='InService'"
  [[ -z ${1:-} ]] || filter="$filter && AvailabilityZone=='$1'"
  aws_ autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$group" \
    --query "AutoScalingGroups[0].Instances[?$filter].InstanceId" | tr '\t' '\n' \
    | { grep '^i-' || true; } # for none the CLI prints "None", or an empty line
}

# zone_of INSTANCE
zone_of() {
  aws_ autoscaling describe-auto-scaling-groups --auto-scaling-group-names "$group" \
    --query "AutoScalingGroups[0].Instances[?InstanceId=='$1'].AvailabilityZone | [0]"
}

# end_instances INSTANCE…: the group keeps its desired capacity, so it must replace them.
end_instances() {
  local instance
  for instance in "$@"; do
    log "Ending $instance"
    aws_ autoscaling terminate-instance-in-auto-scaling-group --instance-id "$instance" \
      --no-should-decrement-desired-capacity > /dev/null
  done
}
