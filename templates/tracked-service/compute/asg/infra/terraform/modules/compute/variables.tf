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

variable "tags" {
  description = "Tags for resources that Auto Scaling creates (default_tags do not apply to them)."
  type        = map(string)
}

variable "vpc_id" {
  description = "VPC of the instances."
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
  description = "Target group that instances join."
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

variable "instance_types" {
  description = "Instance types in order of preference."
  type        = list(string)
}

variable "min_size" {
  description = "Minimum number of instances."
  type        = number
}

variable "max_size" {
  description = "Maximum number of instances."
  type        = number
}

variable "scaling_policy" {
  description = "step-cpu, target-tracking or active-users."
  type        = string
}

variable "active_users_per_instance" {
  description = "Active users per instance that active-users scaling keeps."
  type        = number
}

variable "spot_enabled" {
  description = "Instances above min_size are spot instances."
  type        = bool
}

variable "secrets_backend" {
  description = "secrets-manager or vault."
  type        = string
}

variable "secret_arns" {
  description = "Secrets that an instance may read."
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

variable "topic_arn" {
  description = "Topic that receives notifications of launches and terminations."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
