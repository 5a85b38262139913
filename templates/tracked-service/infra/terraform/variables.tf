# The service ---------------------------------------------------------

variable "name" {
  description = "Name of the service: prefix of every resource name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) >= 3 && length(var.name) <= 40
    error_message = "name must be 3 to 40 lower-case letters, digits and single hyphens, starting with a letter and not ending with a hyphen."
  }
}

variable "entity_ref" {
  description = "Catalog entity of the service, written to the tag cloudtrace:entity-ref of every resource."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+:[a-z0-9-]+/[a-zA-Z0-9._-]+$", var.entity_ref))
    error_message = "entity_ref must be a full entity reference such as component:default/orders."
  }
}

variable "environment" {
  description = "Environment that this state describes: one of the files in environments/."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.environment))
    error_message = "environment must be 2 to 16 lower-case letters, digits and hyphens, starting with a letter."
  }
}

variable "image" {
  description = "Container image to run, by digest or immutable tag (registry/repository@sha256:… or registry/repository:tag)."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-zA-Z0-9./_-]*(:[0-9]+/[a-zA-Z0-9./_-]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must be an image reference with an immutable tag or a digest; :latest is rejected, because a rollback could not name the previous image."
  }
}

# Location ---------------------------------------------------------------

variable "region" {
  description = "AWS region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region name such as eu-central-1."
  }
}

variable "zones" {
  description = "Two or three availability zones of the region. Each gets a public, a private and a data subnet."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 3 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must name two or three different availability zones."
  }

  validation {
    condition     = alltrue([for zone in var.zones : startswith(zone, var.region) && length(zone) == length(var.region) + 1])
    error_message = "every zone must belong to the region, such as eu-central-1a for eu-central-1."
  }
}

variable "vpc_cidr" {
  description = "Private address range of the VPC, a /16."
  type        = string
  default     = "10.40.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && endswith(var.vpc_cidr, "/16")
    error_message = "vpc_cidr must be an IPv4 range with prefix length 16, such as 10.40.0.0/16."
  }
}

variable "nat_gateway_per_zone" {
  description = "One NAT gateway in each zone, so that the loss of a zone does not disconnect the others. false saves money where that does not matter."
  type        = bool
  default     = true
  nullable    = false
}

variable "flow_logs_enabled" {
  description = "Record accepted and rejected connections of the VPC in CloudWatch Logs."
  type        = bool
  default     = true
  nullable    = false
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps log lines, in days (a value that CloudWatch Logs supports)."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "log_retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731."
  }
}

# Entry -----------------------------------------------------------------------

variable "certificate_arn" {
  description = "ACM certificate of the HTTPS listener, in the same region. See README.md, \"Before the first deployment\"."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of an ACM certificate (arn:aws:acm:REGION:ACCOUNT:certificate/ID)."
  }

  validation {
    condition     = !strcontains(var.certificate_arn, ":000000000000:")
    error_message = "certificate_arn is still the placeholder. Request a certificate in ACM and put its ARN into environments/<environment>.tfvars (README.md, \"Before the first deployment\")."
  }
}

variable "host_name" {
  description = "DNS name of the service; the certificate must cover it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", var.host_name))
    error_message = "host_name must be a DNS name such as orders.example.org."
  }
}

variable "hosted_zone_id" {
  description = "Route 53 hosted zone in which to create host_name. Empty if DNS is managed elsewhere: point a CNAME at the output load_balancer_dns_name."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.hosted_zone_id == "" || can(regex("^Z[A-Z0-9]{5,31}$", var.hosted_zone_id))
    error_message = "hosted_zone_id must be a Route 53 zone id such as Z0123456789ABCDEFGHIJ or empty."
  }
}

variable "load_balancer_internal" {
  description = "Give the load balancer private addresses only: clients connect from client_cidr, never from the internet."
  type        = bool
  default     = false
  nullable    = false
}

variable "client_cidr" {
  description = "Private network from which clients of an internal load balancer connect: the VPC and networks connected to it."
  type        = string
  default     = "10.0.0.0/8"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.client_cidr, 0)) && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", var.client_cidr))
    error_message = "client_cidr must be a private IPv4 network, such as 10.0.0.0/8."
  }
}

variable "idle_timeout_seconds" {
  description = "When the load balancer closes a connection without data. Below the 75 s of the service (src/http/createServer.ts): it must not reuse a connection that the service has just closed."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.idle_timeout_seconds >= 1 && var.idle_timeout_seconds < 75
    error_message = "idle_timeout_seconds must be from 1 to 74."
  }
}

variable "deregistration_delay_seconds" {
  description = "How long an instance that leaves may finish its requests. WebSockets never finish by themselves: they last as long."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.deregistration_delay_seconds >= 30 && var.deregistration_delay_seconds <= 3600
    error_message = "deregistration_delay_seconds must be from 30 to 3600."
  }
}

# Compute and scaling -----------------------------------------------------------

variable "min_size" {
  description = "Minimum number of instances in service. Two or more keep the service up when a zone is lost."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.min_size >= 1 && floor(var.min_size) == var.min_size
    error_message = "min_size must be a whole number of at least 1."
  }
}

variable "max_size" {
  description = "Maximum number of instances in service."
  type        = number
  default     = 6
  nullable    = false

  validation {
    condition     = var.max_size >= var.min_size && var.max_size <= 100 && floor(var.max_size) == var.max_size
    error_message = "max_size must be a whole number from min_size to 100."
  }
}

variable "instances_enabled" {
  description = "Start instances. false for the first step of the first deployment (scripts/ci/deploy.sh), because instances wait for the migration."
  type        = bool
  default     = true
  nullable    = false
}

variable "scaling_policy" {
  description = "What drives the number of instances: step-cpu (out at 70 %, in at 30 %), target-tracking (keeps CPU at 50 %) or active-users (keeps active_users_per_instance)."
  type        = string
  default     = "step-cpu"
  nullable    = false

  validation {
    condition     = contains(["step-cpu", "target-tracking", "active-users"], var.scaling_policy)
    error_message = "scaling_policy must be step-cpu, target-tracking or active-users."
  }
}

variable "active_users_per_instance" {
  description = "Active users per instance that active-users scaling keeps: users of the whole service divided by the instances in service."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.active_users_per_instance >= 1
    error_message = "active_users_per_instance must be at least 1."
  }
}

variable "spot_enabled" {
  description = "Run the instances above min_size as spot instances."
  type        = bool
  default     = false
  nullable    = false
}

# Data --------------------------------------------------------------------------

variable "database_instance_class" {
  description = "RDS instance class of both database instances (primary and standby)."
  type        = string
  default     = "db.t4g.small"
  nullable    = false

  validation {
    condition     = startswith(var.database_instance_class, "db.")
    error_message = "database_instance_class must be an RDS class such as db.t4g.small."
  }
}

variable "database_storage_gb" {
  description = "Initial storage of the database, in GiB. It grows automatically up to five times as much."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.database_storage_gb >= 20 && var.database_storage_gb <= 10000
    error_message = "database_storage_gb must be from 20 to 10000."
  }
}

variable "database_backup_days" {
  description = "How many days the database can be restored to any point in time."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.database_backup_days >= 1 && var.database_backup_days <= 35
    error_message = "database_backup_days must be from 1 to 35."
  }
}

variable "database_client_cidrs" {
  description = "Private networks besides the service's own instances that may connect to the database, such as Vault's. The route to them (peering or transit gateway) is not created here."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.database_client_cidrs : can(cidrhost(range, 0)) && can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", range))])
    error_message = "database_client_cidrs may list private IPv4 networks only, such as 10.7.0.0/24."
  }
}

variable "deletion_protection" {
  description = "Prevent deletion of the database and the load balancer. To destroy them, set this to false and apply first."
  type        = bool
  default     = true
  nullable    = false
}

# Secrets -------------------------------------------------------------------------

variable "secrets_backend" {
  description = "Where the service gets its database password: secrets-manager (RDS-managed secret) or vault (short-lived credentials)."
  type        = string
  default     = "secrets-manager"
  nullable    = false

  validation {
    condition     = contains(["secrets-manager", "vault"], var.secrets_backend)
    error_message = "secrets_backend must be secrets-manager or vault."
  }
}

variable "vault_address" {
  description = "HTTPS address of HashiCorp Vault; required if secrets_backend is vault."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.secrets_backend != "vault" || can(regex("^https://[^/ ]+", var.vault_address))
    error_message = "vault_address must be an https:// address when secrets_backend is vault."
  }
}

# Portal and people -------------------------------------------------------------------

variable "alarm_email" {
  description = "Address that receives alarms; it must confirm the subscription once. Empty for none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.alarm_email == "" || can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", var.alarm_email))
    error_message = "alarm_email must be an e-mail address or empty."
  }
}

variable "otlp_endpoint" {
  description = "Base URL that the service sends its traces to (OTLP over HTTP, normally the portal's). Empty sends none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.otlp_endpoint == "" || can(regex("^https://[^ ]+$", var.otlp_endpoint))
    error_message = "otlp_endpoint must be an https:// address on port 443 (the instances may open no other port to the internet) or empty."
  }
}

variable "portal_account_id" {
  description = "AWS account of the developer portal. Empty creates no role for the portal."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.portal_account_id == "" || can(regex("^[0-9]{12}$", var.portal_account_id))
    error_message = "portal_account_id must be a 12-digit AWS account id or empty."
  }
}

variable "portal_external_id" {
  description = "External id that the portal must present (cloudtrace.aws.accounts[].externalId in its app-config)."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.portal_account_id == "" || can(regex("^[A-Za-z0-9+=,.@:/-]{8,200}$", var.portal_external_id))
    error_message = "portal_external_id must be 8 to 200 characters (letters, digits, + = , . @ : / -) when portal_account_id is set."
  }
}
