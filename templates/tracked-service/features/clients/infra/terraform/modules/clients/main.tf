# Download agents: a caller posts a job to the HTTP API, the API puts it on a queue, and agents on Fargate download
# the file through the service and store it in a bucket.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  repository_arn = "arn:${data.aws_partition.current.partition}:ecr:${var.region}:${data.aws_caller_identity.current.account_id}:repository/${var.name}"
}

resource "aws_security_group" "agents" {
  name        = "${var.full_name}-agents"
  description = "Download agents of ${var.full_name}: no way in, HTTPS out"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-agents" }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.agents.id
  description       = "AWS APIs, image registry, the service"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_cloudwatch_log_group" "agents" {
  name              = "/cloudtrace/${var.full_name}/agents"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_cluster" "this" {
  name = var.full_name

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
}

resource "aws_ecs_task_definition" "agent" {
  family                   = "${var.full_name}-agent"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.agent.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([{
    name                   = "agent"
    image                  = var.image
    command                = ["node", "dist/agent.js"]
    essential              = true
    readonlyRootFilesystem = true
    stopTimeout            = 60
    environment = [for key, value in merge(
      {
        AWS_REGION               = var.region
        DEPLOYMENT_ENVIRONMENT   = var.environment
        DOWNLOAD_BUCKET          = aws_s3_bucket.downloads.id
        DOWNLOAD_QUEUE_URL       = aws_sqs_queue.jobs.url
        INSTANCE_ID_SOURCE       = "ecs"
        OTEL_RESOURCE_ATTRIBUTES = "deployment.environment.name=${var.environment}"
        OTEL_SERVICE_NAME        = var.name
        SERVICE_BASE_URL         = var.service_url
      },
      var.otlp_endpoint == "" ? {} : {
        INGEST_TOKEN_SECRET_ARN     = var.ingest_token_secret_arn
        OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
      },
    ) : { name = key, value = value }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.agents.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "agent"
      }
    }
  }])
}

resource "aws_ecs_service" "agents" {
  name            = "${var.full_name}-agents"
  cluster         = aws_ecs_cluster.this.arn
  task_definition = aws_ecs_task_definition.agent.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  propagate_tags  = "SERVICE"

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.agents.id]
    assign_public_ip = false
  }

  # Application Auto Scaling controls the count.
  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "agents" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.agents.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 1
  max_capacity       = var.max_agents
}

resource "aws_appautoscaling_policy" "backlog" {
  name               = "${var.full_name}-backlog"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.agents.service_namespace
  resource_id        = aws_appautoscaling_target.agents.resource_id
  scalable_dimension = aws_appautoscaling_target.agents.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 10
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      statistic   = "Average"

      dimensions {
        name  = "QueueName"
        value = aws_sqs_queue.jobs.name
      }
    }
  }
}
