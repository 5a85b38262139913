locals {
  # What each node runs; without network, a node does not become ready.
  node_addons = {
    eks-pod-identity-agent = { configuration = {}, service_account = null, role_arn = null }
    kube-proxy             = { configuration = {}, service_account = null, role_arn = null }
    # Without the agent for network policies, Kubernetes accepts them but nothing enforces them.
    vpc-cni = {
      configuration   = { enableNetworkPolicy = "true" }
      service_account = "aws-node"
      role_arn        = aws_iam_role.pods["network-plugin"].arn
    }
  }

  # What runs in pods, and therefore needs nodes.
  pod_addons = {
    coredns        = { configuration = null, service_account = null, role_arn = null }
    metrics-server = { configuration = null, service_account = null, role_arn = null }
    # Logs of the pods and metrics for alarms. The service traces itself: by default, the add-on would inject a second
    # OpenTelemetry into every pod.
    amazon-cloudwatch-observability = {
      configuration   = { manager = { applicationSignals = { autoMonitor = { monitorAllServices = false } } } }
      service_account = "cloudwatch-agent"
      role_arn        = aws_iam_role.pods["cloudwatch-agent"].arn
    }
  }
}

# No version: EKS takes the default of the Kubernetes version, and keeps it until somebody updates the add-on.
resource "aws_eks_addon" "node" {
  for_each = local.node_addons

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = jsonencode(each.value.configuration)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.value.service_account == null ? [] : [each.value]

    content {
      service_account = pod_identity_association.value.service_account
      role_arn        = pod_identity_association.value.role_arn
    }
  }

  depends_on = [aws_iam_role_policy.pods]
}

resource "aws_eks_addon" "pods" {
  for_each = local.pod_addons

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = each.value.configuration == null ? null : jsonencode(each.value.configuration)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.value.service_account == null ? [] : [each.value]

    content {
      service_account = pod_identity_association.value.service_account
      role_arn        = pod_identity_association.value.role_arn
    }
  }

  depends_on = [aws_eks_node_group.this, aws_iam_role_policy.pods, aws_cloudwatch_log_group.cluster]
}

# Fluent Bit and the agent write into log groups of these names, and would create them without key and retention.
resource "aws_cloudwatch_log_group" "cluster" {
  for_each = toset(["application", "dataplane", "host", "performance"])

  name              = "/aws/containerinsights/${var.full_name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}
