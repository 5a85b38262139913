# Download agents on ECS Fargate: HTTP API, queue and bucket.

variable "fargate_clients_max" {
  description = "Maximum number of download agents; one always runs."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.fargate_clients_max >= 1 && var.fargate_clients_max <= 50
    error_message = "fargate_clients_max must be from 1 to 50."
  }
}

module "clients" {
  source = "./modules/clients"

  name               = var.name
  environment        = var.environment
  full_name          = local.full_name
  short_name         = local.short_name
  region             = var.region
  vpc_id             = module.network.vpc_id
  private_subnet_ids = module.network.private_subnet_ids
  image              = var.image
  service_url        = "https://${var.host_name}"
  max_agents         = var.fargate_clients_max

  otlp_endpoint           = var.otlp_endpoint
  ingest_token_secret_arn = aws_secretsmanager_secret.ingest_token.arn

  access_logs_bucket = module.access_logs.bucket
  force_destroy      = !var.deletion_protection
  kms_key_arn        = module.encryption.key_arn
  log_retention_days = var.log_retention_days

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  clients_alarms = {
    downloads-failed = {
      description = "A download job failed five times and needs attention"
      namespace   = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = module.clients.failed_queue_name }
      statistic   = "Maximum", minutes = 1, operator = "GreaterThanOrEqualToThreshold", threshold = 1, missing = "notBreaching"
    }
  }
}

output "downloads_api_endpoint" {
  description = "HTTP API of the download agents."
  value       = module.clients.api_endpoint
}

output "downloads_bucket" {
  description = "Bucket of the download agents."
  value       = module.clients.bucket
}

# Before version 0.2.0 of the template, a switch created it.
moved {
  from = module.clients[0]
  to   = module.clients
}
