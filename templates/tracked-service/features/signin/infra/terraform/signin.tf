# Sign-in at the load balancer with an OpenID Connect provider: docs/sign-in.md.

variable "sign_in_issuer" {
  description = "Issuer of the identity provider, as in its discovery document."
  type        = string
  default     = "https://idp.example.com"
  nullable    = false

  validation {
    condition     = can(regex("^https://[^/ ?#]+[^ ?#]*$", var.sign_in_issuer))
    error_message = "sign_in_issuer must be an https:// address."
  }
}

variable "sign_in_authorization_endpoint" {
  description = "Where browsers sign in (authorization_endpoint of the discovery document)."
  type        = string
  default     = "https://idp.example.com/authorize"
  nullable    = false

  validation {
    condition     = can(regex("^https://[^/ ?#]+/[^ ?#]*$", var.sign_in_authorization_endpoint))
    error_message = "sign_in_authorization_endpoint must be a full https:// address with its path."
  }
}

variable "sign_in_token_endpoint" {
  description = "Where the load balancer exchanges codes (token_endpoint of the discovery document)."
  type        = string
  default     = "https://idp.example.com/token"
  nullable    = false

  # The load balancer may connect to port 443 only.
  validation {
    condition     = can(regex("^https://[^/ ?#:]+/[^ ?#]*$", var.sign_in_token_endpoint))
    error_message = "sign_in_token_endpoint must be a full https:// address with its path, on port 443."
  }
}

variable "sign_in_user_info_endpoint" {
  description = "Where the load balancer reads who signed in (userinfo_endpoint of the discovery document)."
  type        = string
  default     = "https://idp.example.com/userinfo"
  nullable    = false

  validation {
    condition     = can(regex("^https://[^/ ?#:]+/[^ ?#]*$", var.sign_in_user_info_endpoint))
    error_message = "sign_in_user_info_endpoint must be a full https:// address with its path, on port 443."
  }
}

variable "sign_in_client_id" {
  description = "Client of the identity provider. Its secret is in Secrets Manager."
  type        = string
  default     = "replace-this-client"
  nullable    = false

  validation {
    condition     = can(regex("^[!-~]+$", var.sign_in_client_id))
    error_message = "sign_in_client_id must be the identifier of a client, without spaces."
  }
}

variable "sign_in_secret_version" {
  description = "Version of the client's secret. A new value makes the load balancer read the secret again; empty for the current one."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9-]{32,64})?$", var.sign_in_secret_version))
    error_message = "sign_in_secret_version must be a version id of Secrets Manager (32 to 64 letters, digits and hyphens) or empty."
  }
}

variable "sign_in_scope" {
  description = "Scopes to ask for, separated by spaces."
  type        = string
  default     = "openid"
  nullable    = false

  validation {
    condition     = contains(split(" ", var.sign_in_scope), "openid")
    error_message = "sign_in_scope must contain openid."
  }
}

variable "sign_in_session_seconds" {
  description = "How long a user stays signed in."
  type        = number
  default     = 43200
  nullable    = false

  validation {
    condition     = var.sign_in_session_seconds >= 60 && var.sign_in_session_seconds <= 604800 && floor(var.sign_in_session_seconds) == var.sign_in_session_seconds
    error_message = "sign_in_session_seconds must be a whole number from 60 to 604800 (7 days, the most that AWS accepts)."
  }
}

# AWS accepts five values in the conditions of a rule.
variable "sign_in_exempt_paths" {
  description = "Paths that machines call without signing in, such as /webhooks/*. The service must check these callers itself."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.sign_in_exempt_paths) <= 5 && alltrue([for path in var.sign_in_exempt_paths : can(regex("^/[A-Za-z0-9][A-Za-z0-9._~/-]{0,120}[*]?$", path))])
    error_message = "sign_in_exempt_paths may list up to five paths such as /webhooks/*, but not all paths."
  }
}

variable "sign_in_exempt_networks" {
  description = "IPv4 networks whose requests need no sign-in, such as that of a load test."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.sign_in_exempt_networks) <= 5 && alltrue([for network in var.sign_in_exempt_networks : can(cidrhost(network, 0)) && can(regex("^[0-9.]+/([89]|[12][0-9]|3[0-2])$", network))])
    error_message = "sign_in_exempt_networks may list up to five IPv4 networks with a prefix length from 8 to 32, such as 203.0.113.0/24."
  }
}

module "signin" {
  source = "./modules/signin"

  full_name         = local.full_name
  listener_arn      = module.load_balancer.https_listener_arn
  target_group_arn  = module.load_balancer.target_group_arn
  security_group_id = module.load_balancer.security_group_id
  secret_version    = var.sign_in_secret_version
  session_seconds   = var.sign_in_session_seconds
  exempt_paths      = var.sign_in_exempt_paths
  exempt_networks   = var.sign_in_exempt_networks

  client = {
    id                     = var.sign_in_client_id
    issuer                 = var.sign_in_issuer
    authorization_endpoint = var.sign_in_authorization_endpoint
    token_endpoint         = var.sign_in_token_endpoint
    user_info_endpoint     = var.sign_in_user_info_endpoint
    scope                  = var.sign_in_scope
  }
}

locals {
  # Session cookie and claims come with each request, and can exceed Node's limit of 16 KiB for headers.
  signin_environment = {
    NODE_OPTIONS = "--enable-source-maps --max-http-header-size=65536"
  }
}

output "sign_in_secret" {
  description = "Secret with the client secret, which exists before the first deployment."
  value       = module.signin.secret_name
}
