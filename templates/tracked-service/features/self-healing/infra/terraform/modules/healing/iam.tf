data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  arn_prefix = "arn:${data.aws_partition.current.partition}"
  location   = "${var.region}:${data.aws_caller_identity.current.account_id}"
}

resource "aws_iam_role" "healing" {
  name                 = "${var.full_name}-healing"
  description          = "Restores what the repository of ${var.full_name} declares"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# It may change only the resources of this service, and only to the declared values where AWS has a condition for them.
resource "aws_iam_role_policy" "healing" {
  name = "heal"
  role = aws_iam_role.healing.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.reading, local.restoring, local.reporting)
  })
}

locals {
  reading = [
    {
      Sid    = "ReadCurrentState" # describe calls do not support resource-level permissions
      Effect = "Allow"
      Action = [
        "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeScalingActivities", "cloudwatch:DescribeAlarms",
        "cloudwatch:GetMetricData", "ec2:DescribeSecurityGroupRules", "elasticloadbalancing:DescribeListeners",
      ]
      Resource = "*"
    },
    {
      Sid      = "ReadDatabase"
      Effect   = "Allow"
      Action   = ["rds:DescribeDBInstances"]
      Resource = var.database.arn
    },
    {
      Sid    = "ReadDeclaredState"
      Effect = "Allow"
      Action = ["ssm:GetParameter"]
      Resource = [
        "${local.arn_prefix}:ssm:${local.location}:parameter/${var.full_name}/healing/declared",
        "${local.arn_prefix}:ssm:${local.location}:parameter${local.pause_parameter}",
      ]
    },
  ]

  restoring = concat(local.restoring_listeners, [
    {
      Sid    = "RestoreSecurityGroups"
      Effect = "Allow"
      Action = [
        "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress",
        "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress",
      ]
      Resource = [for id in local.groups : "${local.arn_prefix}:ec2:${local.location}:security-group/${id}"]
    },
    {
      Sid      = "RestoreGroup"
      Effect   = "Allow"
      Action   = ["autoscaling:UpdateAutoScalingGroup"]
      Resource = var.group.arn
      Condition = { NumericEquals = {
        "autoscaling:MinSize" = tostring(var.group.min_size)
        "autoscaling:MaxSize" = tostring(var.group.max_size)
      } }
    },
    {
      Sid      = "ReplaceInstances"
      Effect   = "Allow"
      Action   = ["autoscaling:SetInstanceHealth"]
      Resource = var.group.arn
    },
    {
      Sid      = "RestoreDatabase"
      Effect   = "Allow"
      Action   = ["rds:ModifyDBInstance"]
      Resource = var.database.arn
      # IfExists, because AWS documents this key only for the creation of a database: if a request has no such key, the
      # condition holds. No other key could limit which settings a request changes.
      Condition = { BoolIfExists = { "rds:PubliclyAccessible" = tostring(var.database.publicly_accessible) } }
    },
  ])

  # A statement for each protocol, because a listener without TLS has no policy for it. A listener keeps its protocol.
  restoring_listeners = [for protocol, listeners in { for listener in var.listeners : listener.protocol => listener... } : {
    Sid      = "Restore${protocol}Listeners"
    Effect   = "Allow"
    Action   = ["elasticloadbalancing:ModifyListener"]
    Resource = listeners[*].arn
    Condition = { "ForAllValues:StringEquals" = merge(
      { "elasticloadbalancing:ListenerProtocol" = [protocol] },
      { for key, policies in { "elasticloadbalancing:SecurityPolicy" = distinct(compact(listeners[*].ssl_policy)) } : key => policies if protocol == "HTTPS" },
    ) }
  }]

  reporting = [
    {
      Sid      = "ReportToTopic"
      Effect   = "Allow"
      Action   = ["sns:Publish"]
      Resource = var.topic_arn
    },
    {
      Sid      = "RememberProblems"
      Effect   = "Allow"
      Action   = ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"]
      Resource = "${local.arn_prefix}:ssm:${local.location}:parameter${local.problems_parameter}"
    },
    {
      Sid      = "KeepFailedEvents"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = aws_sqs_queue.failed.arn
    },
    {
      Sid      = "ReadEventsToken"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = aws_secretsmanager_secret.events_token.arn
    },
    {
      Sid      = "UseKey" # for the token and the encrypted topic
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.kms_key_arn
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.healing.arn}:log-stream:*"
    },
  ]
}
