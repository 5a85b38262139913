variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "topic_arn" {
  description = "Topic that receives alarms."
  type        = string
}

variable "load_balancer_arn_suffix" {
  description = "LoadBalancer dimension."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "TargetGroup dimension."
  type        = string
}

variable "compute_metrics" {
  description = "Metrics of capacity and load."
  type = object({
    capacity = object({ namespace = string, desired = string, in_service = string, dimensions = map(string) })
    cpu      = object({ namespace = string, name = string, dimensions = map(string) })
  })
}

variable "max_size" {
  description = "Maximum number of instances: an alarm fires if the group stays at it."
  type        = number
}

variable "database_identifier" {
  description = "DBInstanceIdentifier dimension."
  type        = string
}

variable "part_alarms" {
  description = "Alarms of the optional parts, by name. `minutes` are consecutive."
  type = map(object({
    description = string
    namespace   = string
    metric      = string
    dimensions  = map(string)
    statistic   = string
    minutes     = number
    operator    = string
    threshold   = number
    missing     = string
  }))
}
