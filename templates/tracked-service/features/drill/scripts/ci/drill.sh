#!/usr/bin/env bash
# Breaks something on purpose and measures the effect on callers: drill.sh instance|node|zone|database. Only Kubernetes has
# nodes.
# Outside of a pipeline, it requires DRILL_CONFIRM=yes. DRILL_PATH replaces the path that it calls. See docs/runbook.md.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh
source scripts/ci/compute.sh
source scripts/ci/starter.sh

scenario=${1:?instance, node, zone or database}
[[ -n ${CI:-}${JENKINS_URL:-} || ${DRILL_CONFIRM:-} == yes ]] \
  || fail "this breaks $ENVIRONMENT: set DRILL_CONFIRM=yes if you mean it"
require_env AWS_REGION "the region of the service"
# How long to observe the service after its recovery; it is also observed for a third of that time before the failure.
watch=${DRILL_WATCH_SECONDS:-30}
((watch >= 6)) || fail "DRILL_WATCH_SECONDS must be at least 6: the last ten requests of the probe must succeed"

aws_() {
  run_tool aws "$AWS_CLI_IMAGE" --region "$AWS_REGION" --output text "$@"
}

if declare -F infra_init > /dev/null; then
  infra_init > /dev/null
fi
url=$(infra_output service_url)
compute_find

mapfile -t instances < <(in_service)
((${#instances[@]} >= 2)) || fail "only ${#instances[@]} instances are in service: a drill needs two"

probe_result=$REPORTS/drill.json
rm -f "$probe_result" "$REPORTS/drill-stop"
node scripts/ci/probe.mjs "$url${DRILL_PATH:-$PROBE_PATH}" "$probe_result" "$REPORTS/drill-stop" &
probe=$!
closed_zone='' closed_node=''

# end_drill: also if the drill is interrupted. What was closed would otherwise stay so.
end_drill() {
  touch "$REPORTS/drill-stop"
  [[ -z $closed_zone ]] || open_zone "$closed_zone" || log "Open the zone $closed_zone by hand: see docs/compute.md"
  [[ -z $closed_node ]] || open_node "$closed_node" || log "Open the node $closed_node by hand: see docs/compute.md"
}
trap end_drill EXIT
sleep $((watch / 3))

started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
case $scenario in
  instance)
    end_instances "${instances[0]}"
    ;;
  node)
    declare -F drain_node > /dev/null || fail 'only Kubernetes has nodes: use instance, zone or database'
    closed_node=$(node_of "${instances[0]}")
    drain_node "$closed_node" || fail "the node $closed_node could not be drained"
    ;;
  zone)
    zone=$(zone_of "${instances[0]}")
    mapfile -t victims < <(in_service "$zone")
    ((${#victims[@]} < ${#instances[@]})) || fail "every instance is in $zone: no other instance could take over"
    log "Zone $zone with ${#victims[@]} instances"
    # Otherwise, what replaces them could start in the same zone.
    if declare -F close_zone > /dev/null; then
      closed_zone=$zone
      close_zone "$zone" || fail "the zone $zone could not be closed"
    fi
    end_instances "${victims[@]}"
    ;;
  database)
    database=$(infra_output database_identifier)
    log "Failing $database over to its standby"
    aws_ rds reboot-db-instance --db-instance-identifier "$database" --force-failover > /dev/null
    aws_ rds wait db-instance-available --db-instance-identifier "$database"
    ;;
  *)
    fail "unknown scenario $scenario: use instance, node, zone or database"
    ;;
esac

# Recovered means: as many instances in service as before, for as long as the probe must succeed.
deadline=$((SECONDS + ${DRILL_TIMEOUT_SECONDS:-900}))
recovered=no
while ((SECONDS < deadline)); do
  sleep $((watch / 2))
  mapfile -t now < <(in_service)
  if ((${#now[@]} >= ${#instances[@]})); then
    recovered=yes
    break
  fi
  log "${#now[@]} of ${#instances[@]} instances in service"
done
sleep "$watch"
touch "$REPORTS/drill-stop"
status=succeeded
wait "$probe" || status=failed
[[ $recovered == yes ]] || status=failed

node scripts/ci/portal.mjs event healing \
  id="drill-$RUN_ID" status="$status" at="$started" endedAt="$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  action="failover drill: $scenario" reason="Started by $ACTOR" description="$(< "$probe_result")"
[[ $status == succeeded ]] || fail "the drill did not pass: see $probe_result"
log "The drill passed: $(< "$probe_result")"
