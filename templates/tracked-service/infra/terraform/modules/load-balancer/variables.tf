variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "short_name" {
  description = "The same within 32 characters, for names with that limit."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the load balancer."
  type        = string
}

variable "public_subnet_ids" {
  description = "Public subnets, one per zone."
  type        = list(string)
}

variable "certificate_arn" {
  description = "ACM certificate of the HTTPS listener."
  type        = string
}

variable "service_port" {
  description = "Port on which an instance serves requests."
  type        = number
}

variable "target_type" {
  description = "instance or ip: how the targets are registered."
  type        = string
}

variable "deletion_protection" {
  description = "Prevent deletion of the load balancer."
  type        = bool
}

variable "access_logs_bucket" {
  description = "Bucket for access logs."
  type        = string
}

variable "host_name" {
  description = "DNS name of the service."
  type        = string
}

variable "hosted_zone_id" {
  description = "Route 53 zone for the DNS name; empty when the name is managed elsewhere."
  type        = string
}
