variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "short_name" {
  description = "The same within 32 characters, for names with that limit."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the cache."
  type        = string
}

variable "data_subnet_ids" {
  description = "Data subnets, one per zone."
  type        = list(string)
}

variable "service_security_group_id" {
  description = "Security group of the instances that may connect."
  type        = string
}

variable "port" {
  description = "Port of Valkey."
  type        = number
}

variable "node_type" {
  description = "ElastiCache node type."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the data at rest."
  type        = string
}

variable "parameter_group_name" {
  description = "Parameters of Valkey; null for its own."
  type        = string
  default     = null
}

variable "user_group_ids" {
  description = "Who may log in; empty for everyone who reaches it."
  type        = list(string)
  default     = []
}
