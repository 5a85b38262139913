variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "load_balancer_arn" {
  description = "Load balancer to protect."
  type        = string
}
