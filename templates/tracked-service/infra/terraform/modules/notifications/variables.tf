variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "alarm_email" {
  description = "Address that receives the notifications; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts messages at rest."
  type        = string
}
