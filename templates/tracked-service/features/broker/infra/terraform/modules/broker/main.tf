locals {
  # TLS with SASL/SCRAM.
  port  = 9096
  zones = length(var.data_subnet_ids)
  # Kafka without ZooKeeper.
  kafka_version = "3.9.x.kraft"
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-broker"
  description = "Kafka of ${var.full_name}: reached by the service and its workers only, opens no connection itself"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-broker" }
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  security_group_id            = aws_security_group.this.id
  description                  = "Kafka from the service and its workers"
  referenced_security_group_id = var.service_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id            = var.service_security_group_id
  description                  = "Kafka"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/cloudtrace/${var.full_name}/broker"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_msk_configuration" "this" {
  name           = var.full_name
  description    = "Topics are created by the worker, and keep their messages if a zone fails"
  kafka_versions = [local.kafka_version]

  # All zones have each message. With two zones, one is enough to continue; with three, two must have it.
  server_properties = join("\n", [
    "auto.create.topics.enable=false",
    "default.replication.factor=${local.zones}",
    "min.insync.replicas=${local.zones - 1}",
    "unclean.leader.election.enable=false",
    "log.retention.hours=168",
  ])
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.full_name
  kafka_version          = local.kafka_version
  number_of_broker_nodes = local.zones
  enhanced_monitoring    = "DEFAULT"

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = var.data_subnet_ids
    security_groups = [aws_security_group.this.id]

    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }

    storage_info {
      ebs_storage_info {
        volume_size = var.storage_gb
      }
    }
  }

  client_authentication {
    unauthenticated = false

    sasl {
      scram = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn

    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.this.name
      }
    }
  }
}

# As MSK itself writes it with the association: another policy would be drift.
resource "aws_secretsmanager_secret_policy" "broker" {
  secret_arn = local.broker_secret_arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AWSKafkaResourcePolicy"
      Effect    = "Allow"
      Principal = { Service = "kafka.amazonaws.com" }
      Action    = "secretsmanager:getSecretValue"
      Resource  = local.broker_secret_arn
    }]
  })
}

resource "aws_msk_scram_secret_association" "this" {
  cluster_arn     = aws_msk_cluster.this.arn
  secret_arn_list = [local.broker_secret_arn]

  depends_on = [aws_secretsmanager_secret_policy.broker]
}
