#!/usr/bin/env bash
# SonarQube: analyses the code, waits for the quality gate, and converts the open issues to SARIF, which SonarQube reads but
# does not write. A failed quality gate fails the scan; the issues reach the portal anyway.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

require_env SONAR_HOST_URL "the address of SonarQube"
require_env SONAR_TOKEN "an analysis token of the project"

# renovate: datasource=npm depName=@sonar/scan
readonly SONAR_PACKAGE=@sonar/scan@5.0.1

status=0
npx --yes "$SONAR_PACKAGE" -Dsonar.qualitygate.wait=true -Dsonar.scm.revision="$COMMIT" || status=$?
node scripts/ci/scanners/sonarqube-sarif.mjs "$REPORTS/sarif/sonarqube.sarif"
exit "$status"
