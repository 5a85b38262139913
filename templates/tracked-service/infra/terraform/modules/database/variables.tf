variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the database."
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

variable "client_cidrs" {
  description = "Private networks that may connect besides the service."
  type        = list(string)
}

variable "port" {
  description = "Port of PostgreSQL."
  type        = number
}

variable "instance_class" {
  description = "RDS instance class."
  type        = string
}

variable "storage_gb" {
  description = "Initial storage, in GiB."
  type        = number
}

variable "backup_days" {
  description = "Days of point-in-time recovery."
  type        = number
}

variable "deletion_protection" {
  description = "Prevent deletion of the database."
  type        = bool
}

variable "kms_key_arn" {
  description = "Key of storage, backups and the managed secret."
  type        = string
}

variable "topic_arn" {
  description = "Topic that receives notifications of failovers, maintenance and failures."
  type        = string
}

variable "log_retention_days" {
  description = "How long the database's logs are kept, in days."
  type        = number
}
