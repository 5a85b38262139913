# shellcheck shell=bash
# shellcheck disable=SC2154 # compute_find sets the variable cluster
# What the manifests need in the cluster besides EKS's own add-ons. Sourced after kubernetes.sh; the caller defines report.

# renovate: datasource=helm depName=aws-load-balancer-controller registryUrl=https://aws.github.io/eks-charts
readonly LOAD_BALANCER_CONTROLLER_CHART=aws-load-balancer-controller:3.5.0
# renovate: datasource=helm depName=keda registryUrl=https://kedacore.github.io/charts
readonly KEDA_CHART=keda:2.20.2

# install_add_ons: does nothing if the cluster has these versions with these settings.
install_add_ons() {
  local vpc
  vpc=$(cluster_vpc) || return 1
  # It registers pods in a target group that exists, and manages nothing else. New pods wait for it, so one of its two replicas
  # must stay while a node is drained.
  install_chart aws-load-balancer-controller kube-system https://aws.github.io/eks-charts "$LOAD_BALANCER_CONTROLLER_CHART" \
    --set "clusterName=$cluster" --set "region=$AWS_REGION" --set "vpcId=$vpc" \
    --set serviceAccount.name=aws-load-balancer-controller \
    --set podDisruptionBudget.maxUnavailable=1 \
    --set resources.requests.cpu=100m --set resources.requests.memory=128Mi \
    --set enableBackendSecurityGroup=false --set enableServiceMutatorWebhook=false || return 1
  # Its definitions stay if the release is removed: with them, Kubernetes would delete every ScaledObject and its autoscaler.
  [[ ! -d $MANIFESTS/components/scale-on-active-users ]] \
    || install_chart keda keda https://kedacore.github.io/charts "$KEDA_CHART" \
      --set serviceAccount.operator.name=keda-operator \
      --set 'crds.additionalAnnotations.helm\.sh/resource-policy=keep'
}

# install_chart RELEASE NAMESPACE REPOSITORY CHART:VERSION SETTING…
install_chart() {
  local release=$1 namespace_of_chart=$2 repository=$3 chart=${4%%:*} version=${4##*:} wanted installed
  # A label of the release: what was installed, version and settings.
  wanted=$(printf '%s\n' "$@" | git hash-object --stdin) || return 1
  shift 4
  installed=$(helm_ list --namespace "$namespace_of_chart" --deployed --filter "^$release\$" --selector "installed=$wanted" --short) \
    || return 1
  [[ -z $installed ]] || return 0
  log "Installing $chart $version"
  require_definitions "$release" || return 1
  recover_release "$release" "$namespace_of_chart" || return 1
  update_definitions "$chart" --repo "$repository" --version "$version" || return 1
  helm_ upgrade "$release" "$chart" --install --repo "$repository" --version "$version" \
    --namespace "$namespace_of_chart" --create-namespace --atomic --timeout 10m --labels "installed=$wanted" "$@" > /dev/null \
    || { report "The add-on $release could not be installed"; return 1; }
}

# recover_release RELEASE NAMESPACE: a run that was killed leaves the release in a state in which Helm changes nothing: pending or
# uninstalling.
recover_release() {
  local status revision
  status=$(helm_ list --namespace "$2" --pending --uninstalling --filter "^$1\$" --output json \
    | node -p 'JSON.parse(fs.readFileSync(0))[0]?.status ?? ""') || return 1
  [[ -n $status ]] || return 0
  if [[ $status != uninstalling ]]; then
    # Not simply the previous revision: that may be one that failed.
    revision=$(helm_ history "$1" --namespace "$2" --output json \
      | node -p 'JSON.parse(fs.readFileSync(0)).find(({ status }) => status === "deployed")?.revision ?? ""') || return 1
  fi
  if [[ -n ${revision:-} ]]; then
    log "A change of $1 was interrupted: returning to its revision $revision"
    helm_ rollback "$1" "$revision" --namespace "$2" > /dev/null && return 0
  else
    log "The release $1 is $status, and was left so: removing the rest and starting again"
    helm_ uninstall "$1" --namespace "$2" --wait --timeout 5m > /dev/null && return 0
  fi
  report "The release $1 was left $status, and could not be recovered: see docs/compute.md, \"Add-ons\""
  return 1
}

# require_definitions RELEASE: a custom resource's definition that is being deleted waits for its objects, whose finalizers only
# the add-on itself removes. Nothing can be installed over it.
require_definitions() {
  local ended
  ended=$(kubectl_ get customresourcedefinitions --output \
    'jsonpath={range .items[?(@.metadata.deletionTimestamp)]}{.metadata.name}{"\n"}{end}') || return 1
  ended=$(grep -E '\.(keda\.sh|elbv2\.k8s\.aws|gateway\.k8s\.aws|aga\.k8s\.aws)$' <<< "$ended" | paste -sd ' ') || true
  [[ -n $ended ]] || return 0
  report "The add-on $1 cannot be installed while these definitions are being deleted: $ended. See docs/compute.md, \"Add-ons\""
  return 1
}

# update_definitions CHART OPTION…: of the chart's custom resources, which Helm installs once and never updates.
update_definitions() {
  local chart=$1 file=$REPORTS/definitions-$1.yaml
  helm_ show crds "$@" > "$file" || return 1
  # Some charts update theirs as templates.
  [[ -s $file ]] || return 0
  log "Updating the custom resources of $chart"
  kubectl_ apply --server-side --force-conflicts --field-manager pipeline --filename "$PWD/$file" > /dev/null
}
