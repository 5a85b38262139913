# shellcheck shell=bash
# Provides the AWS tools with the identity of the step: source bitbucket-identity.sh ROLE_ARN
# They exchange the step's OIDC token for credentials that expire with the step; Bitbucket stores nothing long-lived.

export AWS_ROLE_ARN=${1:?the role to assume, see docs/pipeline.md}
export AWS_ROLE_SESSION_NAME="bitbucket-$BITBUCKET_BUILD_NUMBER"
mkdir -p .cache
export AWS_WEB_IDENTITY_TOKEN_FILE=$PWD/.cache/oidc-token
(
  umask 077
  printf '%s' "$BITBUCKET_STEP_OIDC_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
)
