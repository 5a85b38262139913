variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region of the log groups that the key encrypts."
  type        = string
}

variable "compute_statements" {
  description = "Who else uses the key because of what the service runs on."
  type        = list(any)
}
