#!/usr/bin/env bash
# Snyk: known vulnerabilities of the dependencies, and the service's own code. High and critical findings fail the scan.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

require_env SNYK_TOKEN "a service account's token of your Snyk organisation"

# renovate: datasource=npm depName=snyk
readonly SNYK_PACKAGE=snyk@1.1307.4

snyk() {
  npx --yes "$SNYK_PACKAGE" "$@"
}

# Snyk exits with 1 for findings, and with a higher code if it could not scan.
status=0
snyk test --severity-threshold=high --sarif-file-output="$REPORTS/sarif/snyk-dependencies.sarif" || status=$?
code_status=0
snyk code test --severity-threshold=high --sarif-file-output="$REPORTS/sarif/snyk-code.sarif" || code_status=$?
exit $((status > code_status ? status : code_status))
