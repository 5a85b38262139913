variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "zones" {
  description = "Availability zones; each gets one subnet of every tier."
  type        = list(string)
}

variable "vpc_cidr" {
  description = "Address range of the VPC, a /16."
  type        = string
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway per zone instead of one for all."
  type        = bool
}

variable "flow_logs_enabled" {
  description = "Record the VPC's connections."
  type        = bool
}

variable "log_retention_days" {
  description = "How long flow logs are kept, in days."
  type        = number
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow logs."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
