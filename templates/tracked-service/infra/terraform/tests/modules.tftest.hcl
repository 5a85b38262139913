# Single modules, planned against a mocked provider.

mock_provider "aws" {}

run "three_tiers_in_three_zones" {
  command = plan

  module {
    source = "./modules/network"
  }

  variables {
    full_name                = "orders-production"
    region                   = "eu-central-1"
    zones                    = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
    vpc_cidr                 = "10.40.0.0/16"
    nat_gateway_per_zone     = true
    flow_logs_enabled        = true
    log_retention_days       = 30
    kms_key_arn              = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
    permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
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
    full_name                = "orders-production"
    region                   = "eu-central-1"
    vpc_cidr                 = "10.40.0.0/16"
    log_retention_days       = 30
    kms_key_arn              = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
    permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"
    zones                    = ["eu-central-1a", "eu-central-1b"]
    nat_gateway_per_zone     = false
    flow_logs_enabled        = false
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

run "database_survives_a_zone_and_is_closed" {
  command = plan

  module {
    source = "./modules/database"
  }

  variables {
    full_name                 = "orders-production"
    vpc_id                    = "vpc-1"
    data_subnet_ids           = ["subnet-1", "subnet-2"]
    service_security_group_id = "sg-1"
    client_cidrs              = []
    port                      = 5433
    instance_class            = "db.t4g.small"
    storage_gb                = 20
    backup_days               = 7
    deletion_protection       = true
    kms_key_arn               = "arn:aws:kms:eu-central-1:111111111111:key/11111111-2222-3333-4444-555555555555"
    log_retention_days        = 30
    topic_arn                 = "arn:aws:sns:eu-central-1:111111111111:orders"
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.storage_encrypted && !aws_db_instance.this.publicly_accessible
    error_message = "The database must have a standby, be encrypted and have no public address."
  }

  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null
    error_message = "RDS must manage the password, and it must never be in the state."
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.backup_retention_period == 7
    error_message = "The database must be protected from accidental deletion."
  }

  assert {
    condition     = contains([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "rds.force_ssl"], "1")
    error_message = "Connections without TLS must be rejected."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.service.referenced_security_group_id == "sg-1" && aws_vpc_security_group_ingress_rule.service.cidr_ipv4 == null
    error_message = "Only the service may connect."
  }
}
