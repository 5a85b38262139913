#!/usr/bin/env bash
# Unit tests, and tests with PostgreSQL: the server in TEST_DATABASE_URL, or a temporary container.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/tools.env

start_postgres() {
  container=$(docker run --detach --rm --env POSTGRES_PASSWORD=postgres --publish 127.0.0.1::5432 "$POSTGRES_IMAGE")
  trap 'docker stop "$container" > /dev/null' EXIT
  # Over TCP, because it listens only on a socket during its setup.
  for _ in {1..60}; do
    if docker exec "$container" pg_isready --quiet --host 127.0.0.1; then
      TEST_DATABASE_URL=postgresql://postgres:postgres@$(docker port "$container" 5432/tcp)/postgres
      export TEST_DATABASE_URL
      return
    fi
    sleep 1
  done
  fail "PostgreSQL in the container $container did not become ready within a minute"
}

npm test
run_parts test
if [[ -z ${TEST_DATABASE_URL:-} ]] && type -P docker > /dev/null; then
  start_postgres
fi
if [[ -n ${TEST_DATABASE_URL:-} ]]; then
  npm run test:integration
else
  log "TEST_DATABASE_URL is not set and there is no docker: tests that need PostgreSQL are left out"
fi
