resource "aws_security_group" "this" {
  name        = "${var.full_name}-cache"
  description = "Valkey of ${var.full_name}: reached by the service only, opens no connection itself"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-cache" }
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = aws_security_group.this.id
  description                  = "Valkey from the service"
  referenced_security_group_id = var.service_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id            = var.service_security_group_id
  description                  = "Valkey"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.port
  to_port                      = var.port
}

resource "aws_elasticache_subnet_group" "this" {
  name        = var.full_name
  description = "Data subnets of ${var.full_name}"
  subnet_ids  = var.data_subnet_ids
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.short_name
  description          = "Cache of ${var.full_name}"

  engine         = "valkey"
  engine_version = "8.0"
  node_type      = var.node_type
  port           = var.port

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  auto_minor_version_upgrade = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  kms_key_id                 = var.kms_key_arn

  parameter_group_name = var.parameter_group_name
  user_group_ids       = length(var.user_group_ids) == 0 ? null : var.user_group_ids

  # The cache contains only what is made again: copies of database content, the schedule of jobs. So there are no snapshots.
  snapshot_retention_limit = 0
}
