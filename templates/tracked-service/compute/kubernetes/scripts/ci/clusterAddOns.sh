# shellcheck shell=bash
# shellcheck disable=SC2154 # compute_find sets the variable cluster
# What the manifests need in the cluster besides EKS's own add-ons. Sourced after kubernetes.sh.

# renovate: datasource=helm depName=aws-load-balancer-controller registryUrl=https://aws.github.io/eks-charts
readonly LOAD_BALANCER_CONTROLLER_CHART=aws-load-balancer-controller:3.5.0
# renovate: datasource=helm depName=keda registryUrl=https://kedacore.github.io/charts
readonly KEDA_CHART=keda:2.20.2

# install_add_ons: does nothing if the cluster has these versions.
install_add_ons() {
  local vpc
  vpc=$(aws_ eks describe-cluster --name "$cluster" --query cluster.resourcesVpcConfig.vpcId) || return 1
  # It registers pods in a target group that exists, and manages nothing else.
  install_chart aws-load-balancer-controller kube-system https://aws.github.io/eks-charts "$LOAD_BALANCER_CONTROLLER_CHART" \
    --set "clusterName=$cluster" --set "region=$AWS_REGION" --set "vpcId=$vpc" \
    --set serviceAccount.name=aws-load-balancer-controller \
    --set enableBackendSecurityGroup=false --set enableServiceMutatorWebhook=false || return 1
  [[ ! -d $MANIFESTS/components/scale-on-active-users ]] \
    || install_chart keda keda https://kedacore.github.io/charts "$KEDA_CHART" \
      --set serviceAccount.operator.name=keda-operator
}

# install_chart RELEASE NAMESPACE REPOSITORY CHART:VERSION SETTING…
install_chart() {
  local release=$1 namespace_of_chart=$2 repository=$3 chart=${4%%:*} version=${4##*:} installed
  shift 4
  installed=$(helm_ list --namespace "$namespace_of_chart" --deployed --filter "^$release\$" --output json) || return 1
  [[ $installed != *"\"chart\":\"$chart-$version\""* ]] || return 0
  log "Installing $chart $version"
  helm_ upgrade "$release" "$chart" --install --repo "$repository" --version "$version" \
    --namespace "$namespace_of_chart" --create-namespace --atomic --timeout 10m "$@" > /dev/null
}
