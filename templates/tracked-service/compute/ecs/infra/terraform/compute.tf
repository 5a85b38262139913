# The service on ECS Fargate, behind the load balancer.

variable "task_cpu" {
  description = "CPU units of a task; 1024 are one virtual CPU. With task_memory_mb one of the sizes that Fargate offers."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.task_cpu)
    error_message = "task_cpu must be 256, 512, 1024, 2048 or 4096."
  }
}

variable "task_memory_mb" {
  description = "Memory of a task in MiB, two to eight times task_cpu."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.task_memory_mb % 512 == 0 && var.task_memory_mb >= 2 * var.task_cpu && var.task_memory_mb <= 8 * var.task_cpu
    error_message = "task_memory_mb must be two to eight times task_cpu, in steps of 512."
  }
}

locals {
  # Each task has an address of its own.
  target_type    = "ip"
  key_statements = []
}

module "compute" {
  source = "./modules/compute"

  name        = var.name
  environment = var.environment
  full_name   = local.full_name
  region      = var.region

  vpc_id                          = module.network.vpc_id
  private_subnet_ids              = module.network.private_subnet_ids
  load_balancer_security_group_id = module.load_balancer.security_group_id
  target_group_arn                = module.load_balancer.target_group_arn
  service_port                    = local.service_port

  image                     = var.image
  task_cpu                  = var.task_cpu
  task_memory_mb            = var.task_memory_mb
  min_size                  = var.instances_enabled ? var.min_size : 0
  max_size                  = var.max_size
  scaling_policy            = var.scaling_policy
  active_users_per_instance = var.active_users_per_instance
  spot_enabled              = var.spot_enabled

  secrets_backend         = var.secrets_backend
  secret_arns             = concat([aws_secretsmanager_secret.ingest_token.arn], var.secrets_backend == "secrets-manager" ? [aws_secretsmanager_secret.database_login.arn] : [])
  ingest_token_secret_arn = aws_secretsmanager_secret.ingest_token.arn
  data_environment        = local.data_environment
  permissions             = local.part_permissions
  otlp_endpoint           = var.otlp_endpoint

  kms_key_arn        = module.encryption.key_arn
  log_retention_days = var.log_retention_days

  permissions_boundary_arn = local.permissions_boundary_arn
}

output "ecs_cluster_name" {
  description = "ECS cluster of the service, for the rollout and the failover drill."
  value       = module.compute.cluster_name
}

output "ecs_service_name" {
  description = "ECS service, for the rollout and the failover drill."
  value       = module.compute.service_name
}

output "instance_role_arn" {
  description = "Role of the tasks."
  value       = module.compute.role_arn
}
