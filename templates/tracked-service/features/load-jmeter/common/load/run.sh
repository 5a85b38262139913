#!/usr/bin/env bash
# Runs the load test with Apache JMeter and writes its figures to a file: run.sh OUTPUT
# Called by scripts/ci/load-test.sh, which sets TARGET_URL, LOAD_DURATION_SECONDS and LOAD_REQUESTS_PER_SECOND.
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/ci/lib.sh"

# Built here from the pinned versions in load/jmeter/Dockerfile, unless JMeter is installed.
readonly JMETER_IMAGE=local/jmeter
if ! type -P jmeter > /dev/null && type -P docker > /dev/null; then
  log "Building the image of JMeter"
  docker build --quiet --tag "$JMETER_IMAGE" load/jmeter >&2
fi

output=${1:?the file for the figures}
samples=$REPORTS/load-test.jtl
rm -f "$samples"

# protocol, host and port, as the plan expects them
protocol=${TARGET_URL%%://*}
host=${TARGET_URL#*://}
host=${host%%/*}
port=${host##*:}
if [[ $port == "$host" ]]; then
  port=443
  [[ $protocol == https ]] || port=80
fi

# Each thread sends at most two requests per second, so that slow responses do not lower the rate.
threads=$(((LOAD_REQUESTS_PER_SECOND + 1) / 2))
run_tool jmeter "$JMETER_IMAGE" --nongui --testfile load/requests.jmx --logfile "$samples" --jmeterlogfile "$REPORTS/jmeter.log" \
  -Jprotocol="$protocol" -Jhost="${host%%:*}" -Jport="$port" \
  -Jthreads="$threads" -Jduration="$LOAD_DURATION_SECONDS" \
  -Jsamples_per_minute="$((LOAD_REQUESTS_PER_SECOND * 60))" \
  -Jjmeter.save.saveservice.output_format=csv -Jjmeter.save.saveservice.print_field_names=true

node load/figures.mjs "$samples" "$output"
