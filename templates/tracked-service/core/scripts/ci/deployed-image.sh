# shellcheck shell=bash
# Remembers the image that a deployment confirmed, to return to it. The infrastructure names the image that was applied
# last, which may be one that failed. Sourced after infra.sh; the caller defines aws_.

readonly DEPLOYED_IMAGE_PARAMETER=/cloudtrace/$SERVICE_NAME-$ENVIRONMENT/deployed-image

# deployed_image: the last confirmed image, otherwise the applied one; fails if there is neither.
deployed_image() {
  aws_ ssm get-parameter --name "$DEPLOYED_IMAGE_PARAMETER" --query Parameter.Value 2> /dev/null || infra_output image 2> /dev/null
}

# record_deployed_image: stores it, and tags it in ECR, whose lifecycle rule spares deployed images.
record_deployed_image() {
  aws_ ssm put-parameter --name "$DEPLOYED_IMAGE_PARAMETER" --type String --overwrite --value "$IMAGE" > /dev/null \
    || log "Could not store $IMAGE in $DEPLOYED_IMAGE_PARAMETER: the next deployment may return to another image if it fails"
  [[ $IMAGE != *.dkr.ecr.*.amazonaws.com/* ]] || tag_deployed_image \
    || log "Could not tag $IMAGE as deployed: ECR may delete it after 50 newer images"
}

tag_deployed_image() {
  local repository=${IMAGE#*/} digest=${IMAGE##*@} tag manifest=$REPORTS/manifest.json type error
  repository=${repository%%@*}
  repository=${repository%%:*}
  tag=deployed-$ENVIRONMENT-${digest:7:12}
  aws_ ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" \
    --query 'images[0].imageManifest' > "$manifest" || return 1
  type=$(aws_ ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$digest" \
    --query 'images[0].imageManifestMediaType') || return 1
  # The CLI ends its text with a line break, which would make another digest.
  error=$(aws_ ecr put-image --repository-name "$repository" --image-tag "$tag" --image-manifest-media-type "$type" \
    --image-manifest "$(< "$manifest")" 2>&1 > /dev/null) || [[ $error == *ImageAlreadyExistsException* ]]
}
