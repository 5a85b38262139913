# shellcheck shell=bash
# What deployment and drill need from the Deployment in the EKS cluster. Sourced after infra.sh; the caller defines aws_ and
# report.

readonly MANIFESTS=deploy/kubernetes
readonly RENDERED=$REPORTS/kubernetes

source scripts/ci/kubernetes.sh
source scripts/ci/clusterAddOns.sh

# compute_find: reads the cluster's name; fails before the first deployment.
compute_find() {
  namespace=$SERVICE_NAME-$ENVIRONMENT
  cluster=$(infra_output eks_cluster_name)
}

# compute_reachable: whether the API server answers this run and accepts its credential. Each try has a time limit, because a
# private address that no route leads to does not answer at all.
compute_reachable() {
  local attempt status answer='' private=cluster_private_access_cidrs public=cluster_public_access_cidrs
  for attempt in 1 2 3; do
    ((attempt == 1)) || sleep "$POLL_SECONDS"
    status=0
    answer=$(kubectl_ get --raw /readyz --request-timeout 10s 2>&1) || status=$?
    ((status != 0)) || return 0
    log "The API of the cluster $cluster: ${answer:-no answer}"
  done
  # See cluster_tool.
  ((status != 3)) || { report "AWS issued no credential for the API of the cluster $cluster"; return 1; }
  if [[ $answer == *Unauthorized* || $answer == *Forbidden* ]]; then
    report "The API of the cluster $cluster does not accept the role of this run: see docs/compute.md"
    return 1
  fi
  [[ $INFRA_TOOL != cdk ]] || { private=clusterPrivateAccessCidrs public=clusterPublicAccessCidrs; }
  report "The API of the cluster $cluster cannot be reached: run the deployment in a network that $private names and that has a route to the VPC (VPN, peering or a runner there), or name the runner's public address in $public"
  return 1
}

# deployment_field JSONPATH: of the service's Deployment; empty if there is none.
deployment_field() {
  kubectl_ get deployment "$SERVICE_NAME" --namespace "$namespace" --ignore-not-found --output "jsonpath={$1}"
}

# rollout_id: revision of the newest rollout; "None" if there was none.
rollout_id() {
  local revision
  revision=$(deployment_field '.metadata.annotations.deployment\.kubernetes\.io/revision') || return 1
  printf '%s' "${revision:-None}"
}

# compute_start [previous]: applies the manifests, because infra/ creates the cluster and nothing in it. The autoscaler starts
# the minimum. "previous": those that were confirmed last, because the ones of this commit may be what failed.
compute_start() {
  rm -f "$RESULT"
  install_add_ons || { [[ -s $RESULT ]] || report 'The add-ons of the cluster could not be installed'; return 1; }
  if [[ ${1:-} != previous ]] || ! restore_confirmed_manifests; then
    render_manifests || { report 'The manifests could not be rendered'; return 1; }
  fi
  create_namespace || { report "The namespace $namespace could not be created"; return 1; }
  check_manifests || return 1
  manifests_applied=yes
  # Forced: what somebody else changed in these fields is undone, also what "kubectl rollout undo" did.
  kubectl_ apply --server-side --force-conflicts --field-manager pipeline --validate=strict \
    --filename "$PWD/$RENDERED/manifests.yaml" > "$RENDERED/applied.txt" \
    || { report 'The manifests could not be applied'; return 1; }
}

# render_manifests: the overlay of the environment with image, variables, authorities, target group and networks.
render_manifests() {
  local parameter target_group vpc networks min_pods max_pods
  rm -rf "$RENDERED"
  mkdir -p "$RENDERED"
  parameter=$(infra_output service_environment_parameter) || return 1
  target_group=$(infra_output target_group_arn) || return 1
  vpc=$(cluster_vpc) || return 1
  networks=$(aws_ ec2 describe-vpcs --vpc-ids "$vpc" \
    --query "join(',', Vpcs[0].CidrBlockAssociationSet[?CidrBlockState.State=='associated'].CidrBlock)") || return 1
  min_pods=$(infra_output min_pods) && max_pods=$(infra_output max_pods) || return 1
  # Those of the region, which fit into a ConfigMap.
  curl --fail --silent --show-error --max-time 60 \
    "https://truststore.pki.rds.amazonaws.com/$AWS_REGION/$AWS_REGION-bundle.pem" > "$RENDERED/rds-ca.pem" || return 1
  aws_ ssm get-parameter --name "$parameter" --query Parameter.Value \
    | node scripts/ci/kustomization.mjs "$SERVICE_NAME" "$ENVIRONMENT" "$IMAGE" "$target_group" "$networks" \
      "$min_pods" "$max_pods" "$RENDERED" || return 1
  kubectl_ kustomize "$PWD/$RENDERED" > "$RENDERED/manifests.yaml"
}

# The manifests of the last confirmed deployment are in this ConfigMap. It contains no secrets, as they do not.
readonly CONFIRMED_MANIFESTS=last-confirmed-manifests

# compute_confirmed: keeps the applied manifests, so that a later deployment that fails can return to them.
compute_confirmed() {
  kubectl_ create configmap "$CONFIRMED_MANIFESTS" --namespace "$namespace" --dry-run=client --output yaml \
    "--from-file=$PWD/$RENDERED/manifests.yaml" > "$RENDERED/confirmed.yaml" || return 1
  kubectl_ apply --server-side --force-conflicts --field-manager pipeline --validate=strict \
    --filename "$PWD/$RENDERED/confirmed.yaml" > /dev/null
}

# read_confirmed_manifests: fails if there are none, or if they are those of another image.
read_confirmed_manifests() {
  local manifests
  manifests=$(kubectl_ get configmap "$CONFIRMED_MANIFESTS" --namespace "$namespace" --ignore-not-found \
    --output 'jsonpath={.data.manifests\.yaml}') || return 1
  [[ $manifests == *"$1"* ]] && printf '%s\n' "$manifests"
}

# compute_can_return IMAGE: whether the manifests that failed differ from those that were confirmed last with the same image.
compute_can_return() {
  local confirmed
  [[ -n ${manifests_applied:-} ]] || return 1
  confirmed=$(read_confirmed_manifests "$1") && [[ $confirmed != "$(< "$RENDERED/manifests.yaml")" ]]
}

# restore_confirmed_manifests: fails if there are none of the image.
restore_confirmed_manifests() {
  local confirmed
  confirmed=$(read_confirmed_manifests "$IMAGE") || {
    log "No confirmed manifests of $IMAGE: applying those of this commit with it"
    return 1
  }
  mkdir -p "$RENDERED"
  printf '%s\n' "$confirmed" > "$RENDERED/manifests.yaml"
}

create_namespace() {
  local found
  found=$(kubectl_ get namespace "$namespace" --ignore-not-found --output name) || return 1
  [[ -n $found ]] || kubectl_ create namespace "$namespace" > /dev/null
}

# check_manifests: what the API server itself says to them, and what they would change.
check_manifests() {
  local status=0
  kubectl_ apply --server-side --force-conflicts --field-manager pipeline --validate=strict --dry-run=server \
    --filename "$PWD/$RENDERED/manifests.yaml" > /dev/null || { report 'The API server rejected the manifests'; return 1; }
  # 1 means that there are differences, more means an error.
  kubectl_ diff --server-side --force-conflicts --field-manager pipeline --filename "$PWD/$RENDERED/manifests.yaml" \
    > "$RENDERED/diff.txt" || status=$?
  ((status <= 1)) || { report 'The manifests could not be compared with the cluster'; return 1; }
  log "$(grep -c '^[+-][^+-]' "$RENDERED/diff.txt" || true) lines of the manifests change, see $RENDERED/diff.txt"
}

# wait_for_rollout BEFORE: until all pods run the image of the deployment. If the new ones do not get ready, returns to the
# revision BEFORE at once: a broken pod would otherwise keep starting until the whole deployment was rolled back.
wait_for_rollout() {
  local before=$1 reason running others deadline=$((SECONDS + TIMEOUT_SECONDS))
  # In short turns, because a credential ends before a slow rollout does.
  until kubectl_ rollout status "deployment/$SERVICE_NAME" --namespace "$namespace" --timeout 60s >&2; do
    reason=$(deployment_field '.status.conditions[?(@.type=="Progressing")].reason' || true)
    if [[ $reason == ProgressDeadlineExceeded ]] || ((SECONDS >= deadline)); then
      report "The rollout failed: $(rollout_problem)"
      undo_rollout "$before"
      return 1
    fi
    log "The rollout is ${reason:-unknown}"
    sleep "$POLL_SECONDS"
  done
  running=$(running_images) || { sleep "$POLL_SECONDS" && running=$(running_images); } \
    || { report 'The pods could not be listed'; return 1; }
  [[ -n $running ]] || { report 'No pod is running'; return 1; }
  others=$(grep -v "@${IMAGE##*@}\$" <<< "$running" || true)
  [[ -z $others ]] || { report "Some pods run another image: $(head -n 1 <<< "$others")"; return 1; }
}

# running_images: name and image of each pod
running_images() {
  pods '{.metadata.name}{" "}{.spec.containers[0].image}'
}

# pods TEMPLATE: one line for each pod of the service that has not ended and is not on its way out. One that its node evicted
# stays as a record, in the phase Failed.
pods() {
  kubectl_ get pods --namespace "$namespace" --selector "app.kubernetes.io/name=$SERVICE_NAME,app.kubernetes.io/component=api" \
    --field-selector 'status.phase!=Failed,status.phase!=Succeeded' --output "jsonpath={range .items[*]}{.metadata.deletionTimestamp}|$1{\"\n\"}{end}" | sed -n 's/^|//p'
}

# rollout_problem: why the first container that does not run waits or ended; otherwise what the Deployment says.
rollout_problem() {
  local waiting
  waiting=$(pods '{range .status.containerStatuses[*]}{.state.waiting.reason}{.state.terminated.reason}{end}' \
    | { grep -m 1 . || true; })
  if [[ -n $waiting ]]; then
    printf 'a pod is in the state %s' "$waiting"
  else
    deployment_field '.status.conditions[?(@.type=="Progressing")].message' | sed 's/\.$//'
  fi
}

# undo_rollout REVISION: the deployment then applies the manifests that were confirmed last, which become the declared state.
undo_rollout() {
  # There was none, or these manifests did not start one.
  [[ $1 != None && $1 != "$(rollout_id || true)" ]] || return 0
  if kubectl_ rollout undo "deployment/$SERVICE_NAME" --namespace "$namespace" --to-revision "$1" > /dev/null; then
    report "$(< "$RESULT"). The Deployment returned to revision $1"
  else
    log "Could not return to revision $1"
  fi
}

# endpoints: name and zone of each pod that receives requests now, as the Service knows them.
endpoints() {
  kubectl_ get endpointslices --namespace "$namespace" --selector "kubernetes.io/service-name=$SERVICE_NAME" --output \
    'jsonpath={range .items[*].endpoints[?(@.conditions.ready==true)]}{.targetRef.name}{"\t"}{.zone}{"\n"}{end}'
}

# in_service [ZONE]: pods that receive requests now, one per line
in_service() {
  endpoints | awk -F '\t' -v zone="${1:-}" '$1 != "" && (zone == "" || $2 == zone) { print $1 }' | sort -u
}

# zone_of POD
zone_of() {
  endpoints | awk -F '\t' -v pod="$1" '$1 == pod { print $2; exit }'
}

# end_instances POD…: the Deployment keeps its number of replicas, so it must replace them.
end_instances() {
  log "Ending $*"
  kubectl_ delete pod --namespace "$namespace" --wait=false "$@" > /dev/null
}

# close_zone ZONE: no new pod starts there, as if the zone had failed.
close_zone() {
  kubectl_ cordon --selector "topology.kubernetes.io/zone=$1" > /dev/null
}

# open_zone ZONE
open_zone() {
  kubectl_ uncordon --selector "topology.kubernetes.io/zone=$1" > /dev/null
}

# node_of POD
node_of() {
  kubectl_ get pod "$1" --namespace "$namespace" --output 'jsonpath={.spec.nodeName}'
}

# drain_node NODE: as an update of the node does. It takes no new pods until open_node.
drain_node() {
  log "Draining $1"
  kubectl_ drain "$1" --ignore-daemonsets --delete-emptydir-data --timeout 10m >&2
}

# open_node NODE
open_node() {
  kubectl_ uncordon "$1" > /dev/null
}
