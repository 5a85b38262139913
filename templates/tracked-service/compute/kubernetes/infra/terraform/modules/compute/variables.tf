variable "name" {
  description = "Name of the service; its image repository, Deployment and service account have the same."
  type        = string
}

variable "environment" {
  description = "Environment of this state."
  type        = string
}

variable "full_name" {
  description = "Service and environment: the cluster, the namespace, and prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "tags" {
  description = "Tags for what a launch template creates (default_tags do not apply to it)."
  type        = map(string)
}

variable "vpc_id" {
  description = "VPC of the cluster."
  type        = string
}

variable "zones" {
  description = "Availability zones; each gets its own node group."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Private subnets, in the order of the zones."
  type        = list(string)
}

variable "load_balancer_security_group_id" {
  description = "Security group that sends the requests."
  type        = string
}

variable "target_group_arn" {
  description = "Target group that pods join."
  type        = string
}

variable "service_port" {
  description = "Port on which the service listens."
  type        = number
}

variable "kubernetes_version" {
  description = "Kubernetes version of control plane and nodes."
  type        = string
}

variable "node_instance_types" {
  description = "Instance types of the nodes in order of preference."
  type        = list(string)
}

variable "node_min_size" {
  description = "Nodes that run in each zone."
  type        = number
}

variable "node_max_size" {
  description = "Nodes that each zone may have."
  type        = number
}

variable "spot_enabled" {
  description = "Each zone has a second node group, of spot instances."
  type        = bool
}

variable "scaling_policy" {
  description = "target-tracking or active-users, which needs KEDA in the cluster."
  type        = string
}

variable "public_access_cidrs" {
  description = "Public networks from which the cluster's API may be reached; empty for none."
  type        = list(string)
}

variable "private_access_cidrs" {
  description = "Private networks besides the nodes from which the cluster's API may be reached."
  type        = list(string)
}

variable "admin_role_arns" {
  description = "Roles besides the pipeline's that administer the cluster."
  type        = list(string)
}

variable "portal_roles" {
  description = "The role of the portal, which shows the pods; empty for none."
  type        = list(object({ role_arn = string, role_name = string }))
}

variable "deletion_protection" {
  description = "Prevent deletion of the cluster."
  type        = bool
}

variable "secrets_backend" {
  description = "Where the database credentials come from."
  type        = string
}

variable "secret_arns" {
  description = "Secrets that a pod of the service may read."
  type        = list(string)
}

variable "ingest_token_secret_arn" {
  description = "Secret with the portal's ingest token."
  type        = string
}

variable "data_environment" {
  description = "Environment variables that tell the service where its data stores are."
  type        = map(string)
}

variable "permissions" {
  description = "Further permissions of the service."
  type        = list(object({ sid = string, actions = list(string), resources = list(string) }))
}

variable "otlp_endpoint" {
  description = "Destination of traces; empty for none."
  type        = string
}

variable "kms_key_arn" {
  description = "Key of the environment's secrets and logs."
  type        = string
}

variable "log_retention_days" {
  description = "How long logs are kept, in days."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}
