variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "short_name" {
  description = "The same within 32 characters, for names with that limit."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the brokers."
  type        = string
}

variable "data_subnet_ids" {
  description = "Data subnets, one per zone."
  type        = list(string)
}

variable "service_security_group_id" {
  description = "Security group of what may connect."
  type        = string
}

variable "instance_type" {
  description = "MSK instance type."
  type        = string
}

variable "storage_gb" {
  description = "Storage of each broker in GiB."
  type        = number
}

variable "kms_key_arn" {
  description = "Key of the data at rest, the secrets and the log."
  type        = string
}

variable "log_retention_days" {
  description = "How long the log of the brokers is kept, in days."
  type        = number
}
