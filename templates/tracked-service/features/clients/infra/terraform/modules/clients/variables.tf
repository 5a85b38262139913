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

variable "short_name" {
  description = "The same within 32 characters, for names with that limit."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the agents."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets, one per zone."
  type        = list(string)
}

variable "image" {
  description = "Container image; the agents run its dist/agent.js."
  type        = string
}

variable "service_url" {
  description = "Address of the service."
  type        = string
}

variable "max_agents" {
  description = "Maximum number of agents."
  type        = number
}

variable "access_logs_bucket" {
  description = "Bucket for access logs."
  type        = string
}

variable "force_destroy" {
  description = "Delete downloads with the bucket."
  type        = bool
}

variable "kms_key_arn" {
  description = "Key of bucket and logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long logs are kept, in days."
  type        = number
}

variable "otlp_endpoint" {
  description = "Destination of traces; empty for none."
  type        = string
}

variable "ingest_token_secret_arn" {
  description = "Secret with the portal's ingest token."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
