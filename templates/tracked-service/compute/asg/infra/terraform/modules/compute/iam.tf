data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

resource "aws_iam_role" "instance" {
  name                 = "${var.full_name}-instance"
  description          = "Instances of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_instance_profile" "instance" {
  name = "${var.full_name}-instance"
  role = aws_iam_role.instance.name
}

resource "aws_iam_role_policy" "instance" {
  name = "run-service"
  role = aws_iam_role.instance.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.statements, local.part_statements, var.scaling_policy == "active-users" ? [local.publish_active_users] : [])
  })
}

locals {
  part_statements = [for permission in var.permissions : {
    Sid      = permission.sid
    Effect   = "Allow"
    Action   = permission.actions
    Resource = permission.resources
  }]

  # PutMetricData does not support resource-level permissions; the condition limits it to the service's own namespace.
  publish_active_users = {
    Sid       = "PublishActiveUsers"
    Effect    = "Allow"
    Action    = ["cloudwatch:PutMetricData"]
    Resource  = "*"
    Condition = { StringEquals = { "cloudwatch:namespace" = "CloudTrace/Service" } }
  }

  statements = [
    {
      Sid      = "LogInToRegistry" # does not support resource-level permissions
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = "*"
    },
    {
      Sid      = "PullImage"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${data.aws_caller_identity.current.account_id}:repository/${var.name}"
    },
    {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = var.secret_arns
    },
    {
      Sid      = "DecryptSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = var.kms_key_arn
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.service.arn}:log-stream:*"
    },
    {
      Sid       = "PublishMemory" # does not support resource-level permissions either
      Effect    = "Allow"
      Action    = ["cloudwatch:PutMetricData"]
      Resource  = "*"
      Condition = { StringEquals = { "cloudwatch:namespace" = "CWAgent" } }
    },
    {
      Sid    = "SessionManagerShell" # instead of SSH; these do not support them either
      Effect = "Allow"
      Action = [
        "ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
      ]
      Resource = "*"
    },
  ]
}
