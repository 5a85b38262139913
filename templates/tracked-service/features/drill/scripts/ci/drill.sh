#!/usr/bin/env bash
# Breaks something on purpose and measures the effect on callers: drill.sh instance|zone|database
# Outside of a pipeline, it requires DRILL_CONFIRM=yes. DRILL_PATH replaces the path that it calls. See docs/runbook.md.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh
source scripts/ci/compute.sh
source scripts/ci/starter.sh

scenario=${1:?instance, zone or database}
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
trap 'touch "$REPORTS/drill-stop"' EXIT
sleep $((watch / 3))

started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
case $scenario in
  instance)
    end_instances "${instances[0]}"
    ;;
  zone)
    zone=$(zone_of "${instances[0]}")
    mapfile -t victims < <(in_service "$zone")
    ((${#victims[@]} < ${#instances[@]})) || fail "every instance is in $zone: no other instance could take over"
    log "Zone $zone with ${#victims[@]} instances"
    end_instances "${victims[@]}"
    ;;
  database)
    database=$(infra_output database_identifier)
    log "Failing $database over to its standby"
    aws_ rds reboot-db-instance --db-instance-identifier "$database" --force-failover > /dev/null
    aws_ rds wait db-instance-available --db-instance-identifier "$database"
    ;;
  *)
    fail "unknown scenario $scenario: use instance, zone or database"
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
