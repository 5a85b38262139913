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
