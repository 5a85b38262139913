variable "name" {
  description = "Name of the service; its image repository has the same."
  type        = string
}

variable "environment" {
  description = "Environment of this state."
  type        = string
}

variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the task."
  type        = string
}

variable "image" {
  description = "Container image; the task runs its dist/migrate.js."
  type        = string
}

variable "database_host" {
  description = "Host name of the database."
  type        = string
}

variable "database_port" {
  description = "Port of the database."
  type        = number
}

variable "database_name" {
  description = "Name of the database."
  type        = string
}

variable "database_security_group_id" {
  description = "Security group of the database."
  type        = string
}

variable "master_secret_arn" {
  description = "Secret with the password of the master user."
  type        = string
}

variable "application_secret_arn" {
  description = "Secret with the login of the service, which the task writes."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of both secrets and of the log."
  type        = string
}

variable "log_retention_days" {
  description = "How long the task's log is kept, in days."
  type        = number
}

variable "secrets_backend" {
  description = "secrets-manager or vault. Vault leases the logins of the service itself."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}

# The one-off task of each deployment: migrates the schema as its owner, and gives the service a login that may only read
# and write rows. Only this task can read the password of the master user; instances cannot.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  repository_arn = "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${data.aws_caller_identity.current.account_id}:repository/${var.name}"
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-migration"
  description = "Migrations of ${var.full_name}: no way in, HTTPS and PostgreSQL out"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-migration" }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "AWS APIs and image registry"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "database" {
  security_group_id            = aws_security_group.this.id
  description                  = "PostgreSQL"
  referenced_security_group_id = var.database_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = var.database_security_group_id
  description                  = "PostgreSQL from the migrations"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/cloudtrace/${var.full_name}/migration"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_cluster" "this" {
  name = "${var.full_name}-migration"

  # For a task that runs for seconds, detailed metrics would cost more than they tell.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.full_name}-migration"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([{
    name                   = "migration"
    image                  = var.image
    command                = ["node", "dist/migrate.js"]
    essential              = true
    readonlyRootFilesystem = true
    environment = [for key, value in merge({
      AWS_REGION                 = var.region
      DATABASE_CA_URL            = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"
      DATABASE_HOST              = var.database_host
      DATABASE_MASTER_SECRET_ARN = var.master_secret_arn
      DATABASE_NAME              = var.database_name
      DATABASE_PORT              = tostring(var.database_port)
      DATABASE_SSL               = "verify-full"
      DEPLOYMENT_ENVIRONMENT     = var.environment
    }, var.secrets_backend == "vault" ? {} : { DATABASE_APPLICATION_SECRET_ARN = var.application_secret_arn }) : { name = key, value = value }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "migration"
      }
    }
  }])
}

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

# Permissions of ECS to start the task.
resource "aws_iam_role" "execution" {
  name                 = "${var.full_name}-migration-execution"
  description          = "ECS starts migrations of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.tasks_assume_role
}

resource "aws_iam_role_policy" "execution" {
  name = "start-migration"
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
        Resource = "${aws_cloudwatch_log_group.this.arn}:log-stream:*"
      },
    ]
  })
}

resource "aws_iam_role" "task" {
  name                 = "${var.full_name}-migration"
  description          = "Migrations of ${var.full_name}"
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.tasks_assume_role
}

resource "aws_iam_role_policy" "task" {
  name = "migrate"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadMasterPassword"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = var.master_secret_arn
      },
      {
        Sid      = "RotateApplicationPassword"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]
        Resource = var.application_secret_arn
      },
      {
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      },
    ]
  })
}

output "cluster" {
  description = "ECS cluster in which migrations run."
  value       = aws_ecs_cluster.this.name
}

output "task_definition_arn" {
  description = "Task that migrates the schema to the state of the image."
  value       = aws_ecs_task_definition.this.arn
}

output "security_group_id" {
  description = "Security group of the task."
  value       = aws_security_group.this.id
}
