variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
}

variable "data_subnet_ids" {
  description = "Data subnets, one per zone."
  type        = list(string)
}

variable "service_security_group_id" {
  description = "Security group of the instances that may connect."
  type        = string
}

variable "client_cidrs" {
  description = "Private networks that may connect besides the service."
  type        = list(string)
}

variable "port" {
  description = "Port of PostgreSQL."
  type        = number
}

variable "instance_class" {
  description = "RDS instance class."
  type        = string
}

variable "storage_gb" {
  description = "Initial storage, in GiB."
  type        = number
}

variable "backup_days" {
  description = "Days of point-in-time recovery."
  type        = number
}

variable "deletion_protection" {
  description = "Prevent deletion of the database."
  type        = bool
}

variable "kms_key_arn" {
  description = "Key of storage, backups and the managed secret."
  type        = string
}

variable "topic_arn" {
  description = "Topic that receives notifications of failovers, maintenance and failures."
  type        = string
}

variable "log_retention_days" {
  description = "How long the database's logs are kept, in days."
  type        = number
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-database"
  description = "PostgreSQL of ${var.full_name}: reached by the service only, opens no connection itself"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = aws_security_group.this.id
  description                  = "PostgreSQL from the service"
  referenced_security_group_id = var.service_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = toset(var.client_cidrs)

  security_group_id = aws_security_group.this.id
  description       = "PostgreSQL from a private network"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id            = var.service_security_group_id
  description                  = "PostgreSQL"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_db_subnet_group" "this" {
  name        = var.full_name
  description = "Data subnets of ${var.full_name}"
  subnet_ids  = var.data_subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.full_name}-postgres17"
  description = "PostgreSQL settings of ${var.full_name}"
  family      = "postgres17"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  # One second: slower statements are logged.
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  identifier = var.full_name

  engine                     = "postgres"
  engine_version             = "17" # the newest minor; RDS upgrades it in the maintenance window
  auto_minor_version_upgrade = true
  instance_class             = var.instance_class
  parameter_group_name       = aws_db_parameter_group.this.name
  port                       = var.port
  db_name                    = "app"

  # RDS creates the password, keeps it in Secrets Manager and rotates it every 7 days, so it is never in this state.
  username                      = "service"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.kms_key_arn

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false

  storage_type          = "gp3"
  allocated_storage     = var.storage_gb
  max_allocated_storage = var.storage_gb * 5
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  delete_automated_backups  = false
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.full_name}-final"

  enabled_cloudwatch_logs_exports = local.log_types

  depends_on = [aws_cloudwatch_log_group.this]
}

locals {
  log_types = ["postgresql", "upgrade"]
}

# Created here because RDS would create them without encryption and without retention.
resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(local.log_types)

  name              = "/aws/rds/instance/${var.full_name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# Failovers, maintenance and failures, as reported by RDS.
resource "aws_db_event_subscription" "this" {
  name             = var.full_name
  sns_topic        = var.topic_arn
  source_type      = "db-instance"
  source_ids       = [aws_db_instance.this.identifier]
  event_categories = ["availability", "failover", "failure", "low storage", "maintenance", "recovery"]
}

output "address" {
  description = "Host name of the database; it moves to the standby in a failover."
  value       = aws_db_instance.this.address
}

output "database_name" {
  description = "Name of the database in the instance."
  value       = aws_db_instance.this.db_name
}

output "identifier" {
  description = "Identifier of the RDS instance."
  value       = aws_db_instance.this.identifier
}

output "secret_arn" {
  description = "RDS-managed secret; it contains only username and password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "security_group_id" {
  description = "Security group of the database."
  value       = aws_security_group.this.id
}
