# The settings of the cluster, in the whole configuration.

mock_provider "aws" {}

variables {
  name            = "orders"
  entity_ref      = "component:default/orders"
  environment     = "production"
  region          = "eu-central-1"
  zones           = ["eu-central-1a", "eu-central-1b"]
  image           = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0"
  certificate_arn = "arn:aws:acm:eu-central-1:111111111111:certificate/11111111-2222-3333-4444-555555555555"
  host_name       = "orders.example.org"

  # The values in service.auto.tfvars.json must not change what is tested.
  secrets_backend = "secrets-manager"
}

run "the_deployment_finds_the_cluster_and_the_environment_of_its_pods" {
  command = plan

  assert {
    condition     = output.eks_cluster_name == "orders-production" && output.service_environment_parameter == "/orders-production/service-environment"
    error_message = "scripts/ci/compute.sh needs both names."
  }
}

run "the_autoscaler_gets_its_bounds" {
  command = plan

  variables {
    min_size = 3
    max_size = 9
  }

  assert {
    condition     = output.min_pods == 3 && output.max_pods == 9
    error_message = "scripts/ci/compute.sh writes both into the manifests."
  }
}

run "refuses_a_cluster_that_the_pipeline_cannot_reach" {
  command = plan

  variables {
    cluster_private_access_cidrs = []
    cluster_public_access_cidrs  = []
  }

  expect_failures = [var.cluster_private_access_cidrs]
}

run "the_pipeline_may_come_from_public_networks_alone" {
  command = plan

  variables {
    cluster_private_access_cidrs = []
    cluster_public_access_cidrs  = ["203.0.113.0/24"]
  }

  assert {
    condition     = output.eks_cluster_name == "orders-production"
    error_message = "Either list is enough."
  }
}

run "refuses_an_open_api_and_nodes_without_room_for_updates" {
  command = plan

  variables {
    kubernetes_version          = "latest"
    node_instance_types         = []
    node_min_size               = 3
    node_max_size               = 3
    cluster_public_access_cidrs = ["0.0.0.0/0"]
    cluster_admin_role_arns     = ["arn:aws:iam::111111111111:user/somebody"]
  }

  expect_failures = [
    var.kubernetes_version,
    var.node_instance_types,
    var.node_max_size,
    var.cluster_public_access_cidrs,
    var.cluster_admin_role_arns,
  ]
}

run "refuses_public_networks_among_the_private_ones" {
  command = plan

  variables {
    cluster_private_access_cidrs = ["8.8.8.0/24"]
  }

  expect_failures = [var.cluster_private_access_cidrs]
}
