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
