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
  read_actions = jsondecode(file("${path.module}/read-actions.json"))
}
