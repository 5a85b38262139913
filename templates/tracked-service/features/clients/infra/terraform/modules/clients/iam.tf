locals {
  tasks_assume_role = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# Permissions of ECS to start a task ------------------------------------------------------

resource "aws_iam_role" "execution" {
  name                 = "${var.full_name}-agents-execution"
  description          = "ECS starts download agents of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.tasks_assume_role
}

resource "aws_iam_role_policy" "execution" {
  name = "start-agents"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
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
        Resource = local.repository_arn
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.agents.arn}:log-stream:*"
      },
    ]
  })
}

# Permissions of an agent ----------------------------------------------------------

resource "aws_iam_role" "agent" {
  name                 = "${var.full_name}-agent"
  description          = "Download agents of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.tasks_assume_role
}

resource "aws_iam_role_policy" "agent" {
  name = "work-on-downloads"
  role = aws_iam_role.agent.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "TakeJobs"
        Effect   = "Allow"
        Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"]
        Resource = aws_sqs_queue.jobs.arn
      },
      {
        Sid      = "StoreResults"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:PutObject"]
        Resource = "${aws_s3_bucket.downloads.arn}/*"
      },
      {
        Sid      = "EncryptResults" # Decrypt: for the ingest token, and for later parts of a multipart upload, which need the data key again
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      },
      {
        Sid      = "ReadIngestToken"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = var.ingest_token_secret_arn
      },
    ]
  })
}

# Permissions of the API ---------------------------------------------------------------------

resource "aws_iam_role" "api" {
  name                 = "${var.full_name}-downloads-api"
  description          = "HTTP API of ${var.full_name} puts jobs on the queue"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "api" {
  name = "send-jobs"
  role = aws_iam_role.api.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "SendJobs"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = aws_sqs_queue.jobs.arn
    }]
  })
}
