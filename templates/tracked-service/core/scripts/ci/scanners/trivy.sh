#!/usr/bin/env bash
# Trivy: dependencies, secrets, infrastructure code, and the container image if it was built.
# Also writes the image's bill of materials to reports/sbom.cdx.json (CycloneDX).
# All findings go to the portal; high and critical findings with a fix fail the scan. Accepted findings: .trivyignore.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
source scripts/ci/tools.env

readonly CACHE=.cache/trivy

trivy() {
  run_tool trivy "$TRIVY_IMAGE" --cache-dir "$CACHE" "$@"
}

# finish NAME: converts a JSON report to SARIF, then checks its findings.
finish() {
  trivy convert --format sarif --output "$REPORTS/sarif/$1.sarif" "$REPORTS/$1.json"
  trivy convert --format table --severity HIGH,CRITICAL --exit-code 1 "$REPORTS/$1.json"
}

status=0
trivy filesystem --scanners vuln,secret,misconfig --ignore-unfixed \
  --skip-dirs node_modules --skip-dirs dist --skip-dirs "$REPORTS" \
  --format json --output "$REPORTS/trivy-repository.json" .
finish trivy-repository || status=1

if [[ -f $REPORTS/image.txt ]]; then
  # From a file, so that the container of Trivy needs no access to the Docker daemon.
  docker save --output "$REPORTS/image.tar" "$(< "$REPORTS/image.txt")"
  trivy image --ignore-unfixed --input "$REPORTS/image.tar" \
    --format json --output "$REPORTS/trivy-image.json"
  trivy image --input "$REPORTS/image.tar" --format cyclonedx --output "$REPORTS/sbom.cdx.json"
  rm "$REPORTS/image.tar"
  finish trivy-image || status=1
fi
exit "$status"
