variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "listener_arn" {
  description = "HTTPS listener: AWS accepts sign-in on no other."
  type        = string
}

variable "target_group_arn" {
  description = "Where requests of signed-in users go."
  type        = string
}

variable "security_group_id" {
  description = "Security group of the load balancer, which connects to the identity provider."
  type        = string
}

variable "client" {
  description = "Client of the identity provider, without its secret."
  type = object({
    id                     = string
    issuer                 = string
    authorization_endpoint = string
    token_endpoint         = string
    user_info_endpoint     = string
    scope                  = string
  })
}

variable "secret_version" {
  description = "Version of the client's secret; empty for the current one."
  type        = string
}

variable "session_seconds" {
  description = "How long a user stays signed in."
  type        = number
}

variable "exempt_paths" {
  description = "Paths that need no sign-in."
  type        = list(string)
}

variable "exempt_networks" {
  description = "Networks that need no sign-in."
  type        = list(string)
}
