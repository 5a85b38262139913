# shellcheck shell=bash
# shellcheck disable=SC2154 # compute_find sets the variable cluster
# What the manifests need in the cluster besides EKS's own add-ons. Sourced after kubernetes.sh.

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
  [[ ! -d $MANIFESTS/components/scale-on-active-users ]] \
    || install_chart keda keda https://kedacore.github.io/charts "$KEDA_CHART" \
      --set serviceAccount.operator.name=keda-operator
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
  recover_release "$release" "$namespace_of_chart" || return 1
  update_definitions "$chart" --repo "$repository" --version "$version" || return 1
  helm_ upgrade "$release" "$chart" --install --repo "$repository" --version "$version" \
    --namespace "$namespace_of_chart" --create-namespace --atomic --timeout 10m --labels "installed=$wanted" "$@" > /dev/null
}

# recover_release RELEASE NAMESPACE: a run that was killed leaves the release in a pending state, in which Helm changes nothing.
recover_release() {
  local pending revision
  pending=$(helm_ list --namespace "$2" --pending --filter "^$1\$" --short) || return 1
  [[ -n $pending ]] || return 0
  # Not simply the previous revision: that may be one that failed.
  revision=$(helm_ history "$1" --namespace "$2" --output json \
    | node -p 'JSON.parse(fs.readFileSync(0)).find(({ status }) => status === "deployed")?.revision ?? ""') || return 1
  if [[ -n $revision ]]; then
    log "A change of $1 was interrupted: returning to its revision $revision"
    helm_ rollback "$1" "$revision" --namespace "$2" > /dev/null
  else
    log "The installation of $1 was interrupted: starting again"
    helm_ uninstall "$1" --namespace "$2" > /dev/null
  fi
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
