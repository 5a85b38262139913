mock_provider "aws" {}

variables {
  name                            = "orders"
  environment                     = "production"
  full_name                       = "orders-production"
  region                          = "eu-central-1"
  tags                            = { "managed-by" = "terraform" }
  vpc_id                          = "vpc-1"
  zones                           = ["eu-central-1a", "eu-central-1b"]
  private_subnet_ids              = ["subnet-1", "subnet-2"]
  load_balancer_security_group_id = "sg-1"
  target_group_arn                = "arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/orders/1"
  service_port                    = 8080
  kubernetes_version              = "1.35"
  node_instance_types             = ["t3.large"]
  node_min_size                   = 1
  node_max_size                   = 3
  spot_enabled                    = false
  scaling_policy                  = "target-tracking"
  public_access_cidrs             = []
  private_access_cidrs            = []
  admin_role_arns                 = []
  portal_roles                    = []
  deletion_protection             = true
  secrets_backend                 = "secrets-manager"
  secret_arns                     = ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"]
  ingest_token_secret_arn         = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:token-1"
  data_environment                = { DATABASE_HOST = "db.example.org", DATABASE_CA_FILE = "/etc/service/rds-ca.pem" }
  permissions                     = []
  otlp_endpoint                   = ""
  kms_key_arn                     = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
  log_retention_days              = 30

  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
}

run "the_cluster_is_closed" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API must be reachable from the VPC only."
  }

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "Only declared access entries may give access."
  }

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"]) && aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.kms_key_arn
    error_message = "Secrets of Kubernetes must be encrypted with the environment's key."
  }

  assert {
    condition     = contains(aws_eks_cluster.this.enabled_cluster_log_types, "audit") && aws_cloudwatch_log_group.control_plane.name == "/aws/eks/orders-production/cluster"
    error_message = "The audit log must be recorded, in the log group that is declared."
  }
}

run "a_public_api_is_for_named_networks_only" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    public_access_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"])
    error_message = "The public API must be limited to the named networks."
  }
}

run "nodes_are_hardened_and_in_every_zone" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = aws_launch_template.nodes.metadata_options[0].http_tokens == "required" && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Pods must not get the permissions of their node."
  }

  assert {
    condition     = alltrue([for device in aws_launch_template.nodes.block_device_mappings : device.ebs[0].encrypted == "true"])
    error_message = "Every disk must be encrypted."
  }

  assert {
    condition     = { for zone, group in aws_eks_node_group.this : zone => one(group.subnet_ids) } == { eu-central-1a = "subnet-1", eu-central-1b = "subnet-2" }
    error_message = "Each zone must have its own node group."
  }

  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : group.capacity_type == "ON_DEMAND" && group.scaling_config[0].min_size == 1 && group.update_config[0].max_unavailable == 1])
    error_message = "The minimum of each zone must be on demand and stay during updates, except one node."
  }
}

run "spot_nodes_are_additional" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    spot_enabled = true
  }

  assert {
    condition     = { for name, group in aws_eks_node_group.this : name => "${group.capacity_type}/${group.scaling_config[0].min_size}" } == { eu-central-1a = "ON_DEMAND/1", eu-central-1b = "ON_DEMAND/1", eu-central-1a-spot = "SPOT/0", eu-central-1b-spot = "SPOT/0" }
    error_message = "The minimum of each zone must be on demand."
  }
}

run "network_policies_are_enforced" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = jsondecode(aws_eks_addon.node["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "Without the agent, Kubernetes accepts network policies but nothing enforces them."
  }
}

run "no_add_on_changes_the_pods_of_the_service" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = jsondecode(aws_eks_addon.pods["amazon-cloudwatch-observability"].configuration_values).manager.applicationSignals.autoMonitor.monitorAllServices == false
    error_message = "Application Signals must not inject an agent into the pods."
  }
}

run "the_portal_sees_the_pods" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    portal_roles = [{ role_arn = "arn:aws:iam::111111111111:role/orders-production-cloudtrace-portal", role_name = "orders-production-cloudtrace-portal" }]
  }

  assert {
    condition     = aws_eks_access_entry.portal[0].kubernetes_groups == toset(["cloudtrace-read"]) && aws_iam_role_policy.portal[0].role == "orders-production-cloudtrace-portal"
    error_message = "The portal must get only what its group may do."
  }
}

run "each_service_account_has_its_own_role" {
  command = plan

  module {
    source = "./modules/compute"
  }

  assert {
    condition     = { for key, association in aws_eks_pod_identity_association.pods : key => "${association.namespace}/${association.service_account}" } == { service = "orders-production/orders", load-balancer-controller = "kube-system/aws-load-balancer-controller" }
    error_message = "The service and the controller need their roles."
  }

  assert {
    condition     = [for statement in local.load_balancer_statements : statement.Resource if contains(statement.Action, "elasticloadbalancing:RegisterTargets")] == [var.target_group_arn]
    error_message = "The controller may only fill the target group of the service."
  }
}

run "active_users_scale_through_keda" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    scaling_policy = "active-users"
  }

  assert {
    condition     = aws_eks_pod_identity_association.pods["keda"].service_account == "keda-operator" && aws_vpc_security_group_ingress_rule.control_plane["keda"].from_port == 6443
    error_message = "KEDA must be able to read the metric, and Kubernetes to ask KEDA."
  }

  assert {
    condition     = local.publish_active_users.Condition.StringEquals["cloudwatch:namespace"] == "CloudTrace/Service" && local.environment.ACTIVE_USERS_METRIC_SERVICE == "orders-production"
    error_message = "Pods must publish only metrics of the service."
  }
}

run "the_pipeline_may_use_the_cluster" {
  command = plan

  module {
    source = "./modules/compute"
  }

  variables {
    admin_role_arns = ["arn:aws:iam::111111111111:role/admins"]
  }

  assert {
    condition     = length(aws_eks_access_policy_association.admin) == 2 && anytrue([for entry in aws_eks_access_entry.admin : endswith(entry.principal_arn, ":role/orders-pipeline-deploy-production")])
    error_message = "The deploying role and the named ones must be administrators."
  }

  assert {
    condition     = aws_eks_access_entry.drill.kubernetes_groups == toset(["cloudtrace-drill"])
    error_message = "The drill must get only what its group may do."
  }
}
