variable "short_name" {
  description = "Service and environment within 32 characters: prefix of the bucket's name."
  type        = string
}

variable "force_destroy" {
  description = "Delete the logs with the bucket."
  type        = bool
}
