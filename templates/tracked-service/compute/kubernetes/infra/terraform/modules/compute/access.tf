# Who may use the cluster's API. The roles of the pipeline are made by infra/bootstrap.

locals {
  pipeline_role = "arn:${local.partition}:iam::${local.account_id}:role/${var.name}-pipeline"

  # The pipeline may do anything to the cluster in AWS, so less in Kubernetes would protect nothing.
  admin_role_arns = concat(["${local.pipeline_role}-deploy-${var.environment}"], var.admin_role_arns)
}

resource "aws_eks_access_entry" "admin" {
  for_each = toset(local.admin_role_arns)

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value
}

resource "aws_eks_access_policy_association" "admin" {
  for_each = aws_eks_access_entry.admin

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value.principal_arn
  policy_arn    = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

# Ends pods and drains nodes; a role of the manifests says so.
resource "aws_eks_access_entry" "drill" {
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "${local.pipeline_role}-drill-${var.environment}"
  kubernetes_groups = ["cloudtrace-drill"]
}
