# The whole configuration, planned against a mocked provider: no account and no credentials are needed.

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
  scaling_policy    = "step-cpu"
  min_size          = 2
  max_size          = 6
  spot_enabled      = false
  flow_logs_enabled = true
  secrets_backend   = "secrets-manager"
  portal_account_id = ""
}

run "defaults_need_no_option" {
  command = plan

  assert {
    condition     = output.service_url == "https://orders.example.org"
    error_message = "The service must be reachable at its host name over HTTPS."
  }

  assert {
    condition     = output.cloudtrace_portal_role_arn == null
    error_message = "The portal's role must not exist unless selected."
  }
}

run "everything_switched_on" {
  command = plan

  variables {
    zones              = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
    scaling_policy     = "active-users"
    spot_enabled       = true
    secrets_backend    = "vault"
    vault_address      = "https://vault.example.org"
    alarm_email        = "team@example.org"
    hosted_zone_id     = "Z0123456789ABC"
    otlp_endpoint      = "https://portal.example.org/api/cloudtrace/otlp"
    portal_account_id  = "222222222222"
    portal_external_id = "cloudtrace-orders"
  }
}

run "long_names_stay_within_the_limits_of_aws" {
  command = plan

  variables {
    name        = "a-service-with-a-rather-long-name-indeed"
    environment = "pre-production-1"
  }

  assert {
    condition     = length(local.short_name) <= 32 && startswith(local.short_name, "a-service-with-a-rather-l-")
    error_message = "The short name must have at most 32 characters."
  }
}

run "refuses_values_that_aws_or_the_portal_would_refuse_later" {
  command = plan

  variables {
    name               = "Orders_1"
    entity_ref         = "orders"
    environment        = "p"
    image              = "orders:latest"
    certificate_arn    = "arn:aws:acm:eu-central-1:000000000000:certificate/00000000-0000-0000-0000-000000000000"
    host_name          = "https://orders.example.org"
    zones              = ["eu-west-1a"]
    vpc_cidr           = "10.40.0.0/20"
    min_size           = 8
    max_size           = 6
    scaling_policy     = "cpu"
    secrets_backend    = "vault"
    vault_address      = "http://vault.example.org"
    otlp_endpoint      = "http://portal.example.org"
    alarm_email        = "team"
    portal_account_id  = "222222222222"
    portal_external_id = ""
  }

  expect_failures = [
    var.name,
    var.entity_ref,
    var.environment,
    var.image,
    var.certificate_arn,
    var.host_name,
    var.zones,
    var.vpc_cidr,
    var.max_size,
    var.scaling_policy,
    var.vault_address,
    var.otlp_endpoint,
    var.alarm_email,
    var.portal_external_id,
  ]
}
