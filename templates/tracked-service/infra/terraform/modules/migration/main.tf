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
