#!/usr/bin/env bash
# Writes the bill of materials of the image in reports/image.txt to reports/sbom.cdx.json (CycloneDX).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/tools.env

[[ -f $REPORTS/image.txt ]] || fail "no image: run scripts/ci/image.sh first"
# From a file, so that the container of Trivy needs no access to the Docker daemon.
docker save --output "$REPORTS/image.tar" "$(< "$REPORTS/image.txt")"
trap 'rm -f "$REPORTS/image.tar"' EXIT
run_tool trivy "$TRIVY_IMAGE" --cache-dir .cache/trivy image --input "$REPORTS/image.tar" \
  --format cyclonedx --output "$REPORTS/sbom.cdx.json"
log "Bill of materials: $REPORTS/sbom.cdx.json"
