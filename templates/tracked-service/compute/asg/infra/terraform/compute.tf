# The service on an Auto Scaling group of instances, behind the load balancer.

variable "instance_types" {
  description = "x86_64 instance types in order of preference. With more than one, Auto Scaling continues if a type is unavailable."
  type        = list(string)
  default     = ["t3.small", "t3a.small"]
  nullable    = false

  validation {
    condition     = length(var.instance_types) >= 1 && alltrue([for type in var.instance_types : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", type))])
    error_message = "instance_types must list at least one EC2 instance type such as t3.small."
  }
}

locals {
  target_type = "instance"

  # Not as principal: a new account does not have this role yet, and KMS rejects a policy that names a missing one.
  key_statements = [{
    Sid       = "AutoScalingSendsThroughEncryptedTopic"
    Effect    = "Allow"
    Principal = { AWS = "*" }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = "*"
    Condition = {
      StringEquals = { "kms:CallerAccount" = data.aws_caller_identity.current.account_id }
      ArnEquals    = { "aws:PrincipalArn" = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" }
    }
  }]
}

module "compute" {
  source = "./modules/compute"

  name        = var.name
  environment = var.environment
  full_name   = local.full_name
  region      = var.region
  tags        = local.tags

  vpc_id                          = module.network.vpc_id
  private_subnet_ids              = module.network.private_subnet_ids
  load_balancer_security_group_id = module.load_balancer.security_group_id
  target_group_arn                = module.load_balancer.target_group_arn
  service_port                    = local.service_port

  image                     = var.image
  instance_types            = var.instance_types
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
  topic_arn          = module.notifications.topic_arn

  permissions_boundary_arn = local.permissions_boundary_arn
}

output "auto_scaling_group_arn" {
  description = "ARN of the Auto Scaling group."
  value       = module.compute.auto_scaling_group_arn
}

output "auto_scaling_group_name" {
  description = "Auto Scaling group, for the failover drill."
  value       = module.compute.auto_scaling_group_name
}

output "instance_role_arn" {
  description = "Role of the instances, for Vault's AWS login."
  value       = module.compute.instance_role_arn
}
