# The workers: they publish the outbox, deliver events and run the scheduled jobs. ECS service on Fargate, whatever the
# instances run on. docs/broker.md explains them.

variable "worker_min_size" {
  description = "Minimum number of workers. With two, the other one continues at once if a worker or its zone fails."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.worker_min_size >= 1
    error_message = "worker_min_size must be at least 1: without a worker, no notification arrives."
  }
}

variable "worker_max_size" {
  description = "Maximum number of workers; more than the 12 partitions of the topic have nothing to do."
  type        = number
  default     = 6
  nullable    = false

  validation {
    condition     = var.worker_max_size >= var.worker_min_size && var.worker_max_size <= 12
    error_message = "worker_max_size must be from worker_min_size to 12."
  }
}

module "worker" {
  source = "./modules/worker"

  name               = var.name
  environment        = var.environment
  full_name          = local.full_name
  region             = var.region
  private_subnet_ids = module.network.private_subnet_ids
  image              = var.image
  min_size           = var.instances_enabled ? var.worker_min_size : 0
  max_size           = var.worker_max_size

  # That of the service, because a worker reaches the same data stores. Nothing reaches its own port.
  security_group_id = module.compute.security_group_id

  secrets_backend         = var.secrets_backend
  secret_arns             = concat([aws_secretsmanager_secret.ingest_token.arn], var.secrets_backend == "secrets-manager" ? [aws_secretsmanager_secret.database_login.arn] : [], [module.broker.broker_secret_arn, module.broker.redis_secret_arn])
  ingest_token_secret_arn = aws_secretsmanager_secret.ingest_token.arn
  data_environment        = local.data_environment
  otlp_endpoint           = var.otlp_endpoint

  kms_key_arn        = module.encryption.key_arn
  log_retention_days = var.log_retention_days

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  # Topics, groups and messages of src/.
  worker_alarms = {
    consumer-lag = {
      description = "Notifications wait more than 60 seconds for a worker, for 5 minutes: see docs/notification-runbook.md"
      namespace   = "AWS/Kafka", metric = "EstimatedMaxTimeLag", dimensions = { "Cluster Name" = local.full_name, "Consumer Group" = "notifications-delivery", Topic = "notifications.events" }
      statistic   = "Maximum", minutes = 5, operator = "GreaterThanThreshold", threshold = 60, missing = "missing"
    }
    dead-letters = {
      description = "A message could not be processed and is in the dead letters: list and replay them"
      namespace   = module.worker.metric_namespace, metric = "DeadLetters", dimensions = {}
      statistic   = "Sum", minutes = 1, operator = "GreaterThanOrEqualToThreshold", threshold = 1, missing = "notBreaching"
    }
    no-worker = {
      description = "No worker runs: notifications are accepted, but wait in the outbox"
      namespace   = "ECS/ContainerInsights", metric = "RunningTaskCount", dimensions = { ClusterName = module.worker.cluster_name, ServiceName = module.worker.service_name }
      statistic   = "Maximum", minutes = 3, operator = "LessThanThreshold", threshold = 1, missing = "breaching"
    }
  }
}

output "worker_cluster" {
  description = "ECS cluster of the workers."
  value       = module.worker.cluster_name
}

output "worker_service" {
  description = "ECS service of the workers."
  value       = module.worker.service_name
}

output "worker_task_definition" {
  description = "Task that the workers must run."
  value       = module.worker.task_definition_arn
}

output "worker_role_arn" {
  description = "Role of the workers, for Vault's AWS login."
  value       = module.worker.role_arn
}
