variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "portal_account_id" {
  description = "AWS account of the portal."
  type        = string
}

variable "portal_external_id" {
  description = "External id that the portal must present."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
