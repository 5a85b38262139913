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

# Sees the workloads; a role of the manifests says what of them.
resource "aws_eks_access_entry" "portal" {
  count = length(var.portal_roles)

  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = var.portal_roles[count.index].role_arn
  kubernetes_groups = ["cloudtrace-read"]
}

# By this, the portal finds the address and the certificate authority of the cluster.
resource "aws_iam_role_policy" "portal" {
  count = length(var.portal_roles)

  name = "read-cluster"
  role = var.portal_roles[count.index].role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ReadCluster"
      Effect   = "Allow"
      Action   = "eks:DescribeCluster"
      Resource = local.cluster_arn
    }]
  })
}

# Ends pods and drains nodes; a role of the manifests says so.
resource "aws_eks_access_entry" "drill" {
  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = "${local.pipeline_role}-drill-${var.environment}"
  kubernetes_groups = ["cloudtrace-drill"]
}
