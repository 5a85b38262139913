resource "aws_launch_template" "nodes" {
  name                   = "${var.full_name}-nodes"
  description            = "One node of ${var.full_name}"
  update_default_version = true

  vpc_security_group_ids = [aws_security_group.nodes.id, aws_security_group.this.id]

  # IMDSv2 only. With one hop, pods cannot get the permissions of their node.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  # Bottlerocket: its system, which nobody can write to, and the data of containers.
  dynamic "block_device_mappings" {
    for_each = { "/dev/xvda" = 4, "/dev/xvdb" = 40 }

    content {
      device_name = block_device_mappings.key

      ebs {
        volume_type           = "gp3"
        volume_size           = block_device_mappings.value
        encrypted             = true
        delete_on_termination = true
      }
    }
  }

  # default_tags of the provider do not apply to resources that a launch template creates. The network plugin may only
  # change network interfaces with the name of the cluster.
  dynamic "tag_specifications" {
    for_each = toset(["instance", "network-interface", "volume"])

    content {
      resource_type = tag_specifications.value
      tags = merge(
        var.tags,
        { Name = "${var.full_name}-node" },
        tag_specifications.value == "network-interface" ? { "cluster.k8s.amazonaws.com/name" = var.full_name } : {},
      )
    }
  }
}

locals {
  subnet_of_zone = zipmap(var.zones, var.private_subnet_ids)

  # One group per zone: otherwise a zone may end up without nodes.
  on_demand_groups = {
    for zone in var.zones : zone => {
      subnet_id = local.subnet_of_zone[zone], capacity_type = "ON_DEMAND"
      min_size  = var.node_min_size, desired_size = var.node_min_size, max_size = var.node_max_size
    }
  }

  # In addition to the nodes on demand, which therefore have room for min_size pods.
  spot_groups = {
    for zone in var.spot_enabled ? var.zones : [] : "${zone}-spot" => {
      subnet_id = local.subnet_of_zone[zone], capacity_type = "SPOT"
      min_size  = 0, desired_size = 1, max_size = var.node_max_size
    }
  }
}

resource "aws_eks_node_group" "this" {
  for_each = merge(local.on_demand_groups, local.spot_groups)

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = [each.value.subnet_id]
  version         = var.kubernetes_version
  ami_type        = "BOTTLEROCKET_x86_64"
  capacity_type   = each.value.capacity_type
  instance_types  = var.node_instance_types

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }

  scaling_config {
    min_size     = each.value.min_size
    max_size     = each.value.max_size
    desired_size = each.value.desired_size
  }

  update_config {
    max_unavailable = 1
  }

  # Replaces nodes that are not ready.
  node_repair_config {
    enabled = true
  }

  # Whoever changes the number of nodes: a person, or an autoscaler in the cluster.
  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  # Nodes become ready only with network and permissions.
  depends_on = [aws_iam_role_policy.node, aws_eks_addon.node]
}
