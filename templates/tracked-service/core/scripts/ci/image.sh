#!/usr/bin/env bash
# Builds the container image. With --push it goes to IMAGE_REPOSITORY, and reports/image.txt names it by digest.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source scripts/ci/tools.env

repository=${IMAGE_REPOSITORY:-$SERVICE_NAME}
tag="$repository:${COMMIT:0:12}"

# existing_digest: of the tag in ECR, whose tags never change; fails if there is none, or in another registry.
existing_digest() {
  [[ $repository == *.dkr.ecr.*.amazonaws.com/* ]] || return 1
  local digest
  digest=$(run_tool aws "$AWS_CLI_IMAGE" ecr describe-images --repository-name "${repository#*/}" --image-ids "imageTag=${tag##*:}" \
    --query 'imageDetails[0].imageDigest' --output text 2> /dev/null) && [[ $digest == sha256:* ]] && printf '%s' "$digest"
}

# A repeated run deploys what the first one pushed: another build of this commit would have another digest.
if [[ ${1:-} == --push && -n ${IMAGE_REPOSITORY:-} ]] && digest=$(existing_digest); then
  printf '%s\n' "$repository@$digest" > "$REPORTS/image.txt"
  log "Image $(< "$REPORTS/image.txt") exists"
  exit
fi

docker build --pull \
  --label "org.opencontainers.image.revision=$COMMIT" \
  --tag "$tag" .
printf '%s\n' "$tag" > "$REPORTS/image.txt"

if [[ ${1:-} == --push ]]; then
  require_env IMAGE_REPOSITORY "the registry's repository, such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/$SERVICE_NAME"
  registry=${IMAGE_REPOSITORY%%/*}
  if [[ $registry == *.dkr.ecr.*.amazonaws.com ]]; then
    region=${registry#*.dkr.ecr.}
    run_tool aws "$AWS_CLI_IMAGE" ecr get-login-password --region "${region%%.*}" \
      | docker login --username AWS --password-stdin "$registry"
  fi
  docker push "$tag"
  # The image is identified by its content, so that nobody can replace it under the same tag.
  docker image inspect --format '{{index .RepoDigests 0}}' "$tag" > "$REPORTS/image.txt"
fi
log "Image $(< "$REPORTS/image.txt")"
