# shellcheck shell=bash
# shellcheck disable=SC2154 # compute_find sets the variable cluster
# kubectl and helm for the cluster of the environment. Sourced after infra.sh; the caller defines aws_ and sets cluster.

# kubectl and helm in one image; installed ones are used instead.
# renovate: datasource=docker depName=alpine/k8s
readonly KUBERNETES_TOOLS_IMAGE=alpine/k8s:1.34.1@sha256:ec714df3813b5405292860f8a1c55c5727bf8c33c88992f1e981efad8065547f

readonly KUBECONFIG_FILE=$PWD/$REPORTS/kubeconfig-$ENVIRONMENT.yaml
# Left from an earlier run, it could name a cluster that was replaced.
rm -f "$KUBECONFIG_FILE"

# write_kubeconfig: once in each run. The credential is not in it: kubectl takes it from a variable.
write_kubeconfig() {
  local endpoint authority
  [[ ! -f $KUBECONFIG_FILE ]] || return 0
  endpoint=$(aws_ eks describe-cluster --name "$cluster" --query cluster.endpoint) || return 1
  authority=$(aws_ eks describe-cluster --name "$cluster" --query cluster.certificateAuthority.data) || return 1
  cat > "$KUBECONFIG_FILE" << END
apiVersion: v1
kind: Config
current-context: $cluster
contexts:
  - name: $cluster
    context: { cluster: $cluster, user: pipeline }
clusters:
  - name: $cluster
    cluster: { server: "$endpoint", certificate-authority-data: "$authority" }
users:
  - name: pipeline
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: printenv
        args: [KUBE_CREDENTIAL]
        interactiveMode: Never
END
}

# cluster_vpc: the VPC of the cluster.
cluster_vpc() {
  aws_ eks describe-cluster --name "$cluster" --query cluster.resourcesVpcConfig.vpcId
}

# cluster_tool kubectl|helm ARGUMENT…: with a credential of its own, because one is valid for 15 minutes only. Returns 3 if it
# could not run the tool: "kubectl diff" itself returns 1 for differences.
cluster_tool() {
  local name=$1
  shift
  write_kubeconfig || return 3
  (
    KUBE_CREDENTIAL=$(run_tool aws "$AWS_CLI_IMAGE" --output json eks get-token --cluster-name "$cluster") || exit 3
    export KUBE_CREDENTIAL KUBECONFIG=$KUBECONFIG_FILE TOOL_ENV='KUBE_CREDENTIAL KUBECONFIG'
    if type -P "$name" > /dev/null; then
      run_tool "$name" "$KUBERNETES_TOOLS_IMAGE" "$@"
    else
      # The image holds several tools, so the command names the one to run.
      run_tool "$name" "$KUBERNETES_TOOLS_IMAGE" "$name" "$@"
    fi
  )
}

kubectl_() {
  cluster_tool kubectl "$@"
}

helm_() {
  cluster_tool helm "$@"
}
