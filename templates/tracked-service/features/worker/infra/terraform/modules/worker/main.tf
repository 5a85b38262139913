locals {
  port = 8081

  environment = merge(
    {
      AWS_REGION               = var.region
      DEPLOYMENT_ENVIRONMENT   = var.environment
      INSTANCE_ID_SOURCE       = "ecs"
      OTEL_SERVICE_NAME        = var.name
      OTEL_RESOURCE_ATTRIBUTES = "deployment.environment.name=${var.environment}"
      SECRETS_BACKEND          = var.secrets_backend
      SERVICE_IMAGE            = var.image
      WORKER_PORT              = tostring(local.port)
    },
    var.otlp_endpoint == "" ? {} : {
      INGEST_TOKEN_SECRET_ARN     = var.ingest_token_secret_arn
      OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
    },
    # A worker downloads the certificate authorities itself: it has no folder for a file.
    { for key, value in var.data_environment : key => value if key != "DATABASE_CA_FILE" },
    { DATABASE_CA_URL = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem" },
  )
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/cloudtrace/${var.full_name}/worker"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_metric_filter" "dead_letters" {
  name           = "${var.full_name}-dead-letters"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.msg = \"a message became a dead letter\" }"

  metric_transformation {
    namespace = "CloudTrace/${var.full_name}"
    name      = "DeadLetters"
    value     = "1"
  }
}

resource "aws_ecs_cluster" "this" {
  name = "${var.full_name}-worker"

  # The number of running tasks, for the alarm, is one of its metrics.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.full_name}-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.worker.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([{
    name                   = "worker"
    image                  = var.image
    command                = ["node", "dist/worker/main.js"]
    essential              = true
    readonlyRootFilesystem = true
    # Above the time in which a worker ends its batches.
    stopTimeout     = 60
    linuxParameters = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    environment     = [for key in sort(keys(local.environment)) : { name = key, value = local.environment[key] }]
    # Whether it has started. Not whether broker and database respond: another worker would not reach them either.
    healthCheck = {
      command = ["CMD", "node", "--eval", file("${path.module}/check-worker.cjs")]
      # Long enough for the migration of a deployment, which a worker waits for.
      startPeriod = 300
      interval    = 15
      timeout     = 5
      retries     = 4
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "worker"
      }
    }
  }])
}

resource "aws_ecs_service" "this" {
  name            = "${var.full_name}-worker"
  cluster         = aws_ecs_cluster.this.arn
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = var.min_size
  propagate_tags  = "SERVICE"

  availability_zone_rebalancing = "ENABLED"

  # A new worker must be healthy before an old one stops. If new ones do not get healthy, ECS returns to the last version
  # that did.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  # Application Auto Scaling controls the count.
  lifecycle {
    ignore_changes = [desired_count]
  }

  # The permissions must exist before the first task starts; otherwise its start fails.
  depends_on = [aws_iam_role_policy.execution, aws_iam_role_policy.worker]
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.min_size
  max_capacity       = var.max_size
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "${var.full_name}-worker"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 50
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
