variable "name" {
  description = "Name of the service; its image repository has the same."
  type        = string
}

variable "environment" {
  description = "Environment of this state."
  type        = string
}

variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "tags" {
  description = "Tags for resources that Auto Scaling creates (default_tags do not apply to them)."
  type        = map(string)
}

variable "vpc_id" {
  description = "VPC of the instances."
  type        = string
}

variable "private_subnet_ids" {
  description = "Private subnets, one per zone."
  type        = list(string)
}

variable "load_balancer_security_group_id" {
  description = "Security group that sends the requests."
  type        = string
}

variable "target_group_arn" {
  description = "Target group that instances join."
  type        = string
}

variable "service_port" {
  description = "Port on which the service listens."
  type        = number
}

variable "image" {
  description = "Container image."
  type        = string
}

variable "instance_types" {
  description = "Instance types in order of preference."
  type        = list(string)
}

variable "min_size" {
  description = "Minimum number of instances."
  type        = number
}

variable "max_size" {
  description = "Maximum number of instances."
  type        = number
}

variable "scaling_policy" {
  description = "step-cpu, target-tracking or active-users."
  type        = string
}

variable "active_users_per_instance" {
  description = "Active users per instance that active-users scaling keeps."
  type        = number
}

variable "spot_enabled" {
  description = "Instances above min_size are spot instances."
  type        = bool
}

variable "secrets_backend" {
  description = "secrets-manager or vault."
  type        = string
}

variable "secret_arns" {
  description = "Secrets that an instance may read."
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
  description = "How long the service's log is kept, in days."
  type        = number
}

variable "topic_arn" {
  description = "Topic that receives notifications of launches and terminations."
  type        = string
}

variable "permissions_boundary_arn" {
  description = "What the roles may do at most."
  type        = string
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-service"
  description = "Instances of ${var.full_name}: requests from the load balancer, outbound HTTPS and data stores"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-service" }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  security_group_id            = aws_security_group.this.id
  description                  = "Requests from the load balancer"
  referenced_security_group_id = var.load_balancer_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.service_port
  to_port                      = var.service_port
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  security_group_id            = var.load_balancer_security_group_id
  description                  = "Requests to the instances"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.service_port
  to_port                      = var.service_port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "AWS APIs, image registry, portal"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_cloudwatch_log_group" "service" {
  name              = "/cloudtrace/${var.full_name}/service"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_launch_template" "service" {
  name                   = var.full_name
  description            = "One instance of ${var.full_name}"
  update_default_version = true

  # Resolved by EC2 at each launch: new instances get the newest patched image, and the nightly drift check reports nothing.
  image_id               = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
  instance_type          = var.instance_types[0]
  vpc_security_group_ids = [aws_security_group.this.id]

  # The script itself is plain bash (checked by shellcheck); only its environment is written here.
  user_data = base64encode(join("\n", concat(
    ["#!/bin/bash"],
    [for key in sort(keys(local.boot_environment)) : "export ${key}='${replace(local.boot_environment[key], "'", "'\\''")}'"],
    [file("${path.module}/start-service.sh")],
  )))

  iam_instance_profile {
    arn = aws_iam_instance_profile.instance.arn
  }

  # IMDSv2 only. One hop is enough because the container shares the host's network.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # One-minute metrics: with the basic five minutes, scaling would react too late.
  monitoring {
    enabled = true
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 20
      encrypted             = true
      delete_on_termination = true
    }
  }

  # default_tags of the provider do not apply to resources that a launch template creates.
  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume"])

    content {
      resource_type = tag_specifications.value
      tags          = merge(var.tags, { Name = var.full_name })
    }
  }
}

resource "aws_autoscaling_group" "service" {
  name                = var.full_name
  vpc_zone_identifier = var.private_subnet_ids
  target_group_arns   = [var.target_group_arn]

  # No desired_capacity: the scaling policies control it, and setting it would appear as drift every night.
  min_size = var.min_size
  max_size = var.max_size

  health_check_type         = "ELB"
  health_check_grace_period = 180
  default_instance_warmup   = 120
  capacity_rebalance        = var.spot_enabled
  enabled_metrics = [
    "GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupMinSize",
    "GroupPendingInstances", "GroupTerminatingInstances", "GroupTotalInstances",
  ]

  mixed_instances_policy {
    instances_distribution {
      on_demand_allocation_strategy            = "prioritized"
      on_demand_base_capacity                  = var.min_size
      on_demand_percentage_above_base_capacity = var.spot_enabled ? 0 : 100
      spot_allocation_strategy                 = "price-capacity-optimized"
    }

    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.service.id
        version            = aws_launch_template.service.latest_version
      }

      dynamic "override" {
        for_each = var.instance_types

        content {
          instance_type = override.value
        }
      }
    }
  }

  # A new image replaces instances one by one; a new instance must be healthy before an old one is terminated.
  # AWS cannot roll back to a template whose machine image is a parameter: scripts/ci/deploy.sh does it.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 150
      skip_matching          = true
      # Above the grace period, in which an instance counts as healthy even if it never serves.
      instance_warmup = 240
    }
  }

  dynamic "tag" {
    for_each = merge(var.tags, { Name = var.full_name })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  timeouts {
    delete = "20m"
  }

  # Both must exist before the first instance starts; otherwise its start fails.
  depends_on = [aws_iam_role_policy.instance, aws_cloudwatch_log_group.service]
}

resource "aws_autoscaling_notification" "service" {
  group_names = [aws_autoscaling_group.service.name]
  topic_arn   = var.topic_arn
  notifications = [
    "autoscaling:EC2_INSTANCE_LAUNCH",
    "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
    "autoscaling:EC2_INSTANCE_TERMINATE",
    "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
  ]
}

output "auto_scaling_group_name" {
  description = "Name of the Auto Scaling group."
  value       = aws_autoscaling_group.service.name
}

output "auto_scaling_group_arn" {
  description = "ARN of the Auto Scaling group."
  value       = aws_autoscaling_group.service.arn
}

output "security_group_id" {
  description = "Security group of the instances."
  value       = aws_security_group.this.id
}

output "instance_role_arn" {
  description = "Role of the instances, for example for Vault's AWS login."
  value       = aws_iam_role.instance.arn
}

output "log_group_name" {
  description = "Log group of the service."
  value       = aws_cloudwatch_log_group.service.name
}

output "metrics" {
  description = "Metrics of capacity and load, for alarms and the dashboard: namespace, names and dimensions."
  value = {
    capacity = {
      namespace  = "AWS/AutoScaling"
      desired    = "GroupDesiredCapacity"
      in_service = "GroupInServiceInstances"
      dimensions = { AutoScalingGroupName = aws_autoscaling_group.service.name }
    }
    cpu = {
      namespace  = local.cpu.namespace
      name       = local.cpu.name
      dimensions = { AutoScalingGroupName = aws_autoscaling_group.service.name }
    }
  }
}
