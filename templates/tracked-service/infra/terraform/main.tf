terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.50.0, < 7.0.0"
    }
  }

  # Bucket, key and region come from the command line, see README.md.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  # The portal links a resource to a catalog entity only if the resource has this tag.
  default_tags {
    tags = local.tags
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  full_name = "${var.name}-${var.environment}"

  # Names of load balancer, target group and cache are limited to 32 characters: a long name keeps its beginning and gets a stable suffix.
  short_name = length(local.full_name) <= 32 ? local.full_name : "${trimsuffix(substr(local.full_name, 0, 25), "-")}-${substr(sha1(local.full_name), 0, 6)}"

  tags = {
    "cloudtrace:entity-ref"  = var.entity_ref
    "cloudtrace:environment" = var.environment
    "managed-by"             = "terraform"
  }

  # Made by infra/bootstrap: the pipeline may only create roles that it limits.
  permissions_boundary_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:policy/${local.full_name}-boundary"

  service_port  = 8080
  database_port = 5433
}

module "encryption" {
  source = "./modules/encryption"

  full_name          = local.full_name
  region             = var.region
  compute_statements = local.key_statements
}

module "network" {
  source = "./modules/network"

  full_name            = local.full_name
  region               = var.region
  zones                = var.zones
  vpc_cidr             = var.vpc_cidr
  nat_gateway_per_zone = var.nat_gateway_per_zone
  flow_logs_enabled    = var.flow_logs_enabled
  log_retention_days   = var.log_retention_days
  kms_key_arn          = module.encryption.key_arn

  permissions_boundary_arn = local.permissions_boundary_arn
}

module "notifications" {
  source = "./modules/notifications"

  full_name   = local.full_name
  alarm_email = var.alarm_email
  kms_key_arn = module.encryption.key_arn
}

module "access_logs" {
  source = "./modules/access-logs"

  short_name    = local.short_name
  force_destroy = !var.deletion_protection
}

module "load_balancer" {
  source = "./modules/load-balancer"

  full_name           = local.full_name
  short_name          = local.short_name
  vpc_id              = module.network.vpc_id
  internal            = var.load_balancer_internal
  client_cidr         = var.client_cidr
  subnet_ids          = var.load_balancer_internal ? module.network.private_subnet_ids : module.network.public_subnet_ids
  certificate_arn     = var.certificate_arn
  host_name           = var.host_name
  hosted_zone_id      = var.hosted_zone_id
  service_port        = local.service_port
  target_type         = local.target_type
  deletion_protection = var.deletion_protection
  access_logs_bucket  = module.access_logs.bucket

  idle_timeout_seconds         = var.idle_timeout_seconds
  deregistration_delay_seconds = var.deregistration_delay_seconds
}

# Created empty: the pipeline stores the token, so it is never in this state (README.md, "Before the first deployment").
resource "aws_secretsmanager_secret" "ingest_token" {
  name        = "${local.full_name}/ingest-token"
  description = "Token with which ${local.full_name} sends traces to the portal"
  kms_key_id  = module.encryption.key_arn
}

# Created empty: the migration writes the login of the service, and a new password at each deployment.
resource "aws_secretsmanager_secret" "database_login" {
  name        = "${local.full_name}/database-login"
  description = "Database login of ${local.full_name}, which may only read and write rows"
  kms_key_id  = module.encryption.key_arn
}

module "database" {
  source = "./modules/database"

  full_name                 = local.full_name
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  service_security_group_id = module.compute.security_group_id
  client_cidrs              = var.database_client_cidrs
  port                      = local.database_port
  instance_class            = var.database_instance_class
  storage_gb                = var.database_storage_gb
  backup_days               = var.database_backup_days
  deletion_protection       = var.deletion_protection
  kms_key_arn               = module.encryption.key_arn
  log_retention_days        = var.log_retention_days
  topic_arn                 = module.notifications.topic_arn
}

module "migration" {
  source = "./modules/migration"

  name                       = var.name
  environment                = var.environment
  full_name                  = local.full_name
  region                     = var.region
  vpc_id                     = module.network.vpc_id
  image                      = var.image
  database_host              = module.database.address
  database_port              = local.database_port
  database_name              = module.database.database_name
  database_security_group_id = module.database.security_group_id
  master_secret_arn          = module.database.secret_arn
  secrets_backend            = var.secrets_backend
  application_secret_arn     = aws_secretsmanager_secret.database_login.arn
  kms_key_arn                = module.encryption.key_arn
  log_retention_days         = var.log_retention_days

  permissions_boundary_arn = local.permissions_boundary_arn
}

module "observability" {
  source = "./modules/observability"

  full_name                = local.full_name
  region                   = var.region
  topic_arn                = module.notifications.topic_arn
  load_balancer_arn_suffix = module.load_balancer.arn_suffix
  target_group_arn_suffix  = module.load_balancer.target_group_arn_suffix
  compute_metrics          = module.compute.metrics
  max_size                 = var.max_size
  database_identifier      = module.database.identifier
  part_alarms              = local.part_alarms
}

module "portal_access" {
  source = "./modules/portal-access"
  count  = var.portal_account_id == "" ? 0 : 1

  full_name          = local.full_name
  portal_account_id  = var.portal_account_id
  portal_external_id = var.portal_external_id

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  # How the service finds its data stores. With Vault, this has no credentials: the service leases its own.
  data_environment = merge(
    {
      DATABASE_HOST    = module.database.address
      DATABASE_PORT    = tostring(local.database_port)
      DATABASE_NAME    = module.database.database_name
      DATABASE_SSL     = "verify-full"
      DATABASE_CA_FILE = "/etc/service/rds-ca.pem"

      DATABASE_MIGRATE_ON_START = "false"
    },
    var.secrets_backend == "vault" ? {
      VAULT_ADDR        = var.vault_address
      VAULT_AUTH_METHOD = "aws"
      VAULT_ROLE        = local.full_name
    } : { DATABASE_SECRET_ARN = aws_secretsmanager_secret.database_login.arn },
    local.part_environment,
  )
}

output "service_url" {
  description = "Address of the service."
  value       = "https://${var.host_name}"
}

output "image" {
  description = "Image that this state runs; the pipeline plans with it unless a new one is given."
  value       = var.image
}

output "load_balancer_dns_name" {
  description = "Target of the CNAME for host_name if no hosted zone is set."
  value       = module.load_balancer.dns_name
}

output "cloudtrace_portal_role_arn" {
  description = "Read-only role that the portal assumes; null when portal_account_id is empty."
  value       = one(module.portal_access[*].role_arn)
}

output "target_group_arn" {
  description = "ARN of the target group."
  value       = module.load_balancer.target_group_arn
}

output "database_identifier" {
  description = "RDS instance, for the failover drill."
  value       = module.database.identifier
}

output "ingest_token_secret_arn" {
  description = "Secret in which the pipeline stores the portal's ingest token."
  value       = aws_secretsmanager_secret.ingest_token.arn
}

output "dashboard_name" {
  description = "CloudWatch dashboard."
  value       = module.observability.dashboard_name
}

output "migration_cluster" {
  description = "ECS cluster in which the deployment runs its migration."
  value       = module.migration.cluster
}

output "migration_task_definition" {
  description = "Task of the migration."
  value       = module.migration.task_definition_arn
}

output "migration_subnets" {
  description = "Subnets of the migration, separated by commas."
  value       = join(",", module.network.private_subnet_ids)
}

output "migration_security_group" {
  description = "Security group of the migration."
  value       = module.migration.security_group_id
}
