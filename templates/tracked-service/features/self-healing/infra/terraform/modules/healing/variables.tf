variable "full_name" {
  description = "Service and environment: prefix of every name."
  type        = string
}

variable "short_name" {
  description = "The same within 32 characters, for names with a limit."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "package_path" {
  description = "Archive with the function."
  type        = string
}

variable "security_group_rules" {
  description = "Every rule that the repository declares."
  type = map(list(object({
    security_group_id            = string
    ip_protocol                  = string
    from_port                    = optional(number)
    to_port                      = optional(number)
    cidr_ipv4                    = optional(string)
    cidr_ipv6                    = optional(string)
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    description                  = optional(string)
  })))
}

variable "group" {
  description = "The Auto Scaling group with its declared bounds."
  type        = object({ name = string, arn = string, min_size = number, max_size = number })
}

variable "listeners" {
  description = "The declared listeners of the load balancer. Without a target group, a listener redirects to HTTPS."
  type = list(object({
    arn              = string
    port             = number
    protocol         = string
    ssl_policy       = optional(string)
    certificate_arn  = optional(string)
    target_group_arn = optional(string)
  }))
}

variable "database" {
  description = "The database with its declared public access."
  type        = object({ identifier = string, arn = string, publicly_accessible = bool })
}

variable "cpu_alarm" {
  description = "Name of the alarm of an instance's CPU."
  type        = string
}

variable "memory_alarm" {
  description = "Name of the alarm of an instance's memory."
  type        = string
}

variable "portal_api_url" {
  description = "The portal's API, which receives a report of each step; empty for none."
  type        = string
}

variable "topic_arn" {
  description = "Topic that receives a report of each step."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the environment."
  type        = string
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the function's log, in days."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "What the role may do at most."
  type        = string
}
