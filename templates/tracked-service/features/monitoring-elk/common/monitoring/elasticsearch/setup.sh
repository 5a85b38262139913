#!/usr/bin/env bash
# Configures Elasticsearch for Logstash and Kibana; safe to run again.
set -euo pipefail

readonly URL=http://elasticsearch:9200

request() {
  curl --fail --silent --show-error --user "elastic:$ELASTIC_PASSWORD" \
    --header 'content-type: application/json' "$@"
  echo
}

for attempt in {1..60}; do
  request "$URL/_cluster/health" && break
  echo "Waiting for Elasticsearch ($attempt of 60)"
  sleep 5
done

# From standard input, so that no process list shows the password.
printf '{"password":"%s"}' "$KIBANA_PASSWORD" \
  | request --request POST "$URL/_security/user/kibana_system/_password" --data @-
request --request PUT "$URL/_ilm/policy/service-logs" --data @/setup/life-cycle.json
request --request PUT "$URL/_index_template/service-logs" --data @/setup/index-template.json
