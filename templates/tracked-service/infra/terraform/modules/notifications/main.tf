variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "alarm_email" {
  description = "Address that receives the notifications; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts messages at rest."
  type        = string
}

data "aws_caller_identity" "current" {}

resource "aws_sns_topic" "this" {
  name              = var.full_name
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsAndDatabaseEventsPublish"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
      {
        Sid       = "RefuseUnencryptedTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

output "topic_arn" {
  description = "Topic for alarms, scaling and database events."
  value       = aws_sns_topic.this.arn
}
