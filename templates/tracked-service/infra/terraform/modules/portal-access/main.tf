variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "portal_account_id" {
  description = "AWS account of the portal."
  type        = string
}

variable "portal_external_id" {
  description = "External id that the portal must present."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}

data "aws_partition" "current" {}

# The portal assumes this role from its own account. The external id prevents a third party that knows the role's
# ARN from using the portal as a confused deputy.
resource "aws_iam_role" "portal" {
  name                 = "${var.full_name}-cloudtrace-portal"
  description          = "Read-only view of ${var.full_name} for the developer portal"
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${var.portal_account_id}:root" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "sts:ExternalId" = var.portal_external_id } }
    }]
  })
}

# Describe and list calls do not support resource-level permissions: each one is named instead of a wildcard.
resource "aws_iam_role_policy" "portal" {
  name = "read-fleet"
  role = aws_iam_role.portal.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ReadFleet"
      Effect   = "Allow"
      Action   = local.read_actions
      Resource = "*"
    }]
  })
}

locals {
  # docs of the portal, "AWS": what its collector calls.
  read_actions = [
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingActivities",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:DescribeScheduledActions",
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribePolicies",
    "autoscaling:DescribeScalingActivities",
    "autoscaling:DescribeScheduledActions",
    "cloudwatch:DescribeAlarmHistory",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "ec2:DescribeInstances",
    "ecs:DescribeServices",
    "ecs:DescribeTasks",
    "ecs:ListTasks",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "rds:DescribeDBClusters",
    "rds:DescribeDBInstances",
    "rds:DescribeEvents",
    "tag:GetResources",
  ]
}

output "role_name" {
  description = "Name of the role, for permissions that depend on what the service runs on."
  value       = aws_iam_role.portal.id
}

output "role_arn" {
  description = "Role for the portal: cloudtrace.aws.accounts[].roleName or roleArn in its app-config."
  value       = aws_iam_role.portal.arn
}
