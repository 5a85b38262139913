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
  description = "VPC of the tasks."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets, one per zone."
  type        = list(string)
}

variable "load_balancer_security_group_id" {
  description = "Security group that sends the requests."
  type        = string
}

variable "target_group_arn" {
  description = "Target group that tasks join."
  type        = string
}

variable "service_port" {
  description = "Port on which the service listens."
  type        = number
}

variable "image" {
  description = "Container image."
  type        = string
}

variable "task_cpu" {
  description = "CPU units of a task."
  type        = number
}

variable "task_memory_mb" {
  description = "Memory of a task in MiB."
  type        = number
}

variable "min_size" {
  description = "Minimum number of tasks."
  type        = number
}

variable "max_size" {
  description = "Maximum number of tasks."
  type        = number
}

variable "scaling_policy" {
  description = "step-cpu, target-tracking or active-users."
  type        = string
}

variable "active_users_per_instance" {
  description = "Active users per task that active-users scaling keeps."
  type        = number
}

variable "spot_enabled" {
  description = "Tasks above min_size run on Fargate Spot."
  type        = bool
}

variable "secrets_backend" {
  description = "Where the database credentials come from."
  type        = string
}

variable "secret_arns" {
  description = "Secrets that a task may read."
  type        = list(string)
}

variable "ingest_token_secret_arn" {
  description = "Secret with the portal's ingest token."
  type        = string
}

variable "data_environment" {
  description = "Environment variables that tell the service where its data stores are."
  type        = map(string)
}

variable "permissions" {
  description = "Further permissions of the service."
  type        = list(object({ sid = string, actions = list(string), resources = list(string) }))
}

variable "otlp_endpoint" {
  description = "Destination of traces; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the environment's secrets and logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long the service's log is kept, in days."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-service"
  description = "Tasks of ${var.full_name}: requests from the load balancer, outbound HTTPS and data stores"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-service" }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id            = aws_security_group.this.id
  description                  = "Requests from the load balancer"
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.service_port
  to_port                      = var.service_port
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = var.load_balancer_security_group_id
  description                  = "Requests to the tasks"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.service_port
  to_port                      = var.service_port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "AWS APIs, image registry, portal"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_cloudwatch_log_group" "service" {
  name              = "/cloudtrace/${var.full_name}/service"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_cluster" "service" {
  name = "${var.full_name}-service"

  # The number of running tasks, for alarms and scaling, is one of its metrics.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "service" {
  cluster_name       = aws_ecs_cluster.service.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_ecs_task_definition" "service" {
  family                   = var.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.task_cpu)
  memory                   = tostring(var.task_memory_mb)
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.containers)

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  # For the certificate authorities of the database and for temporary files: the containers cannot write anywhere else.
  volume {
    name = "config"
  }

  volume {
    name = "tmp"
  }
}

resource "aws_ecs_service" "service" {
  name            = var.full_name
  cluster         = aws_ecs_cluster.service.arn
  task_definition = aws_ecs_task_definition.service.arn
  desired_count   = var.min_size
  propagate_tags  = "SERVICE"

  availability_zone_rebalancing = "ENABLED"
  # Long enough for the migration of a deployment, which the tasks wait for.
  health_check_grace_period_seconds = 300

  # A new task must be healthy before an old one stops. If new tasks do not get healthy, ECS returns to the last version
  # that did.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = var.min_size
    weight            = var.spot_enabled ? 0 : 1
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.spot_enabled ? ["FARGATE_SPOT"] : []

    content {
      capacity_provider = capacity_provider_strategy.value
      weight            = 1
    }
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = var.target_group_arn
    container_name   = "service"
    container_port   = var.service_port
  }

  # Application Auto Scaling controls the count.
  lifecycle {
    ignore_changes = [desired_count]
  }

  # The permissions must exist before the first task starts; otherwise its start fails.
  depends_on = [aws_iam_role_policy.execution, aws_iam_role_policy.task, aws_ecs_cluster_capacity_providers.service]
}

output "cluster_name" {
  description = "ECS cluster."
  value       = aws_ecs_cluster.service.name
}

output "service_name" {
  description = "ECS service."
  value       = aws_ecs_service.service.name
}

output "security_group_id" {
  description = "Security group of the tasks."
  value       = aws_security_group.this.id
}

output "role_arn" {
  description = "Role of the tasks."
  value       = aws_iam_role.task.arn
}

output "log_group_name" {
  description = "Log group of the service."
  value       = aws_cloudwatch_log_group.service.name
}

output "metrics" {
  description = "Metrics of capacity and load, for alarms and the dashboard: namespace, names and dimensions."
  value = {
    capacity = {
      namespace  = "ECS/ContainerInsights"
      desired    = "DesiredTaskCount"
      in_service = "RunningTaskCount"
      dimensions = local.cpu.dimensions
    }
    cpu = {
      namespace  = local.cpu.namespace
      name       = local.cpu.name
      dimensions = local.cpu.dimensions
    }
  }
}
