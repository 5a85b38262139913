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

variable "private_subnet_ids" {
  description = "Private subnets, one per zone."
  type        = list(string)
}

variable "image" {
  description = "Container image of the service; a worker runs its dist/worker/main.js."
  type        = string
}

variable "min_size" {
  description = "Minimum number of workers."
  type        = number
}

variable "max_size" {
  description = "Maximum number of workers."
  type        = number
}

variable "security_group_id" {
  description = "Security group that the data stores allow."
  type        = string
}

variable "secrets_backend" {
  description = "secrets-manager or vault."
  type        = string
}

variable "secret_arns" {
  description = "Secrets that a worker may read."
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

variable "otlp_endpoint" {
  description = "Destination of traces; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the environment's secrets and logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long the log of the workers is kept, in days."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
