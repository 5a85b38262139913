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
  description = "VPC of the task."
  type        = string
}

variable "image" {
  description = "Container image; the task runs its dist/migrate.js."
  type        = string
}

variable "database_host" {
  description = "Host name of the database."
  type        = string
}

variable "database_port" {
  description = "Port of the database."
  type        = number
}

variable "database_name" {
  description = "Name of the database."
  type        = string
}

variable "database_security_group_id" {
  description = "Security group of the database."
  type        = string
}

variable "master_secret_arn" {
  description = "Secret with the password of the master user."
  type        = string
}

variable "application_secret_arn" {
  description = "Secret with the login of the service, which the task writes."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of both secrets and of the log."
  type        = string
}

variable "log_retention_days" {
  description = "How long the task's log is kept, in days."
  type        = number
}

variable "secrets_backend" {
  description = "secrets-manager or vault. Vault leases the logins of the service itself."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
