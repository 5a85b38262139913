mock_provider "aws" {}

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

run "database_survives_a_zone_and_is_closed" {
  command = plan

  module {
    source = "./modules/database"
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
