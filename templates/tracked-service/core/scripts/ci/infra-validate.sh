#!/usr/bin/env bash
# Checks the infrastructure code without an account: format, types, tests.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/infra.sh

infra_validate
