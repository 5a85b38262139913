# The service in pods on Amazon EKS, behind the load balancer. The cluster belongs to this service and environment alone.

variable "kubernetes_version" {
  description = "Kubernetes version of control plane and nodes. Raise it by one minor version at a time."
  type        = string
  default     = "1.35"
  nullable    = false

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version must be a minor version of Kubernetes such as 1.35."
  }
}

variable "node_instance_types" {
  description = "x86_64 instance types of the nodes in order of preference. With more than one, new nodes start if a type is unavailable."
  type        = list(string)
  default     = ["t3.large", "t3a.large"]
  nullable    = false

  validation {
    condition     = length(var.node_instance_types) >= 1 && alltrue([for type in var.node_instance_types : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", type))])
    error_message = "node_instance_types must list at least one EC2 instance type such as t3.large."
  }
}

variable "node_min_size" {
  description = "Nodes that run in each zone; a t3.large has room for about five pods. min_size and max_size count pods instead."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.node_min_size >= 1 && floor(var.node_min_size) == var.node_min_size
    error_message = "node_min_size must be a whole number of at least 1."
  }
}

variable "node_max_size" {
  description = "Nodes that each zone may have, for updates and for whoever changes their number."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.node_max_size > var.node_min_size && var.node_max_size <= 50 && floor(var.node_max_size) == var.node_max_size
    error_message = "node_max_size must be a whole number above node_min_size, 50 at most."
  }
}

variable "cluster_public_access_cidrs" {
  description = "Public networks from which the cluster's API may be reached, such as those of the pipeline. Empty: only from the VPC."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.cluster_public_access_cidrs : can(cidrhost(range, 0)) && can(regex("/(1[6-9]|2[0-9]|3[0-2])$", range))])
    error_message = "cluster_public_access_cidrs may list IPv4 networks with a prefix length from 16 to 32, such as 203.0.113.0/24."
  }
}

variable "cluster_private_access_cidrs" {
  description = "Private networks from which the cluster's API may be reached, such as that of the pipeline's own runners. The route from them is not created here."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.cluster_private_access_cidrs : can(cidrhost(range, 0)) && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", range))])
    error_message = "cluster_private_access_cidrs may list private IPv4 networks only, such as 10.7.0.0/24."
  }

  # Otherwise the first deployment creates everything and then cannot use it.
  validation {
    condition     = length(var.cluster_private_access_cidrs) + length(var.cluster_public_access_cidrs) > 0
    error_message = "The pipeline cannot reach the API of the cluster: set cluster_private_access_cidrs to the networks of your own runners, or cluster_public_access_cidrs to their public networks (environments/<environment>.tfvars)."
  }
}

variable "cluster_admin_role_arns" {
  description = "IAM roles besides the pipeline's that administer the cluster."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.cluster_admin_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[^*?]+$", arn))])
    error_message = "cluster_admin_role_arns may list ARNs of IAM roles only (arn:aws:iam::ACCOUNT:role/NAME)."
  }
}

locals {
  # Each pod has an address of its own.
  target_type = "ip"

  # EKS decides the names of these log groups.
  key_statements = [{
    Sid       = "CloudWatchLogsEncryptsLogGroupsOfCluster"
    Effect    = "Allow"
    Principal = { Service = "logs.${var.region}.amazonaws.com" }
    Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"]
    Resource  = "*"
    Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = [
      for folder in ["eks", "containerinsights"] :
      "arn:${data.aws_partition.current.partition}:logs:${var.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/${folder}/${local.full_name}/*"
    ] } }
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
  zones                           = var.zones
  private_subnet_ids              = module.network.private_subnet_ids
  load_balancer_security_group_id = module.load_balancer.security_group_id
  target_group_arn                = module.load_balancer.target_group_arn
  service_port                    = local.service_port

  kubernetes_version   = var.kubernetes_version
  node_instance_types  = var.node_instance_types
  node_min_size        = var.node_min_size
  node_max_size        = var.node_max_size
  spot_enabled         = var.spot_enabled
  scaling_policy       = var.scaling_policy
  public_access_cidrs  = var.cluster_public_access_cidrs
  private_access_cidrs = var.cluster_private_access_cidrs
  admin_role_arns      = var.cluster_admin_role_arns
  portal_roles         = module.portal_access[*]
  deletion_protection  = var.deletion_protection

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

output "eks_cluster_name" {
  description = "EKS cluster of the service, for deployment and failover drill."
  value       = module.compute.cluster_name
}

output "service_environment_parameter" {
  description = "Parameter with the environment variables of the pods, a JSON object."
  value       = module.compute.environment_parameter_name
}

# The pipeline puts both into the manifests of the autoscaler.
output "min_pods" {
  description = "Pods that run at least."
  value       = var.min_size
}

output "max_pods" {
  description = "Pods that run at most."
  value       = var.max_size
}

output "instance_role_arn" {
  description = "Role of the pods."
  value       = module.compute.role_arn
}
