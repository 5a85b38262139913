variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region of the log groups that the key encrypts."
  type        = string
}

variable "compute_statements" {
  description = "Who else uses the key because of what the service runs on."
  type        = list(any)
}

# One customer-managed key for everything of this environment that holds data at rest, except the load balancer's
# log bucket (its log delivery supports S3-managed keys only) and the instances' disks (account default key).

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  account_id = data.aws_caller_identity.current.account_id
}

resource "aws_kms_key" "this" {
  description             = "Data of ${var.full_name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(var.compute_statements, [
      {
        Sid       = "AccountAdministersKey"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "ServicesSendThroughEncryptedTopic"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
      {
        Sid       = "CloudWatchLogsEncryptsLogGroups"
        Effect    = "Allow"
        Principal = { Service = "logs.${var.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = [
          "arn:${local.partition}:logs:${var.region}:${local.account_id}:log-group:/cloudtrace/${var.full_name}/*",
          "arn:${local.partition}:logs:${var.region}:${local.account_id}:log-group:/aws/rds/instance/${var.full_name}/*",
        ] } }
      },
    ])
  })
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.full_name}"
  target_key_id = aws_kms_key.this.key_id
}

output "key_arn" {
  description = "ARN of the environment's key."
  value       = aws_kms_key.this.arn
}
