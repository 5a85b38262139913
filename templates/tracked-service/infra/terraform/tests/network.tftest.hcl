mock_provider "aws" {}

variables {
  full_name            = "orders-production"
  region               = "eu-central-1"
  zones                = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  vpc_cidr             = "10.40.0.0/16"
  nat_gateway_per_zone = true
  flow_logs_enabled    = true
  log_retention_days   = 30
  kms_key_arn          = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"

  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
}

run "three_tiers_in_three_zones" {
  command = plan

  module {
    source = "./modules/network"
  }

  assert {
    condition     = length(aws_subnet.public) == 3 && length(aws_subnet.private) == 3 && length(aws_subnet.data) == 3
    error_message = "Each zone needs a public, a private and a data subnet."
  }

  assert {
    condition     = length(distinct(concat(values(aws_subnet.public)[*].cidr_block, values(aws_subnet.private)[*].cidr_block, values(aws_subnet.data)[*].cidr_block))) == 9
    error_message = "No two subnets may have the same range."
  }

  assert {
    condition     = alltrue([for subnet in values(aws_subnet.public) : !subnet.map_public_ip_on_launch])
    error_message = "Nothing may get a public address by accident."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(aws_flow_log.this) == 1
    error_message = "Each zone needs its own NAT gateway, and connections are recorded."
  }
}

run "one_nat_gateway_and_no_flow_logs_when_told_so" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    zones                = ["eu-central-1a", "eu-central-1b"]
    nat_gateway_per_zone = false
    flow_logs_enabled    = false
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.private_internet) == 2
    error_message = "Both private subnets must leave through the one NAT gateway."
  }

  assert {
    condition     = length(aws_flow_log.this) == 0 && length(aws_iam_role.flow) == 0
    error_message = "No resource of the flow logs may remain."
  }
}
