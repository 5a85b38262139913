# Pods have the security groups of their node: this one for what the service itself needs, "nodes" for the cluster.

resource "aws_security_group" "this" {
  name        = "${var.full_name}-service"
  description = "Pods of ${var.full_name}: requests from the load balancer, outbound HTTPS and data stores"
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
  description                  = "Requests to the pods"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = var.service_port
  to_port                      = var.service_port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "AWS APIs, image registry, portal, API of the cluster"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_security_group" "nodes" {
  name        = "${var.full_name}-nodes"
  description = "Nodes of ${var.full_name}: control plane, name service, metrics"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-nodes" }
}

# In addition to the security group that EKS creates, which the nodes do not have: it allows everything among its members.
resource "aws_security_group" "control_plane" {
  name        = "${var.full_name}-control-plane"
  description = "Control plane of ${var.full_name}: API for the nodes, kubelets and webhooks"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-control-plane" }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id            = aws_security_group.control_plane.id
  description                  = "API of the cluster, for nodes and pods"
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = toset(var.private_access_cidrs)

  security_group_id = aws_security_group.control_plane.id
  description       = "API of the cluster, for the pipeline and people"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

locals {
  from_control_plane = merge(
    {
      kubelet  = { port = 10250, description = "Kubelets" }
      metrics  = { port = 10251, description = "Metrics Server" }
      webhooks = { port = 9443, description = "Webhooks of controllers" }
    },
    local.uses_keda ? { keda = { port = 6443, description = "Metrics of KEDA" } } : {},
  )

  between_nodes = merge(
    {
      dns_tcp = { protocol = "tcp", port = 53, description = "CoreDNS" }
      dns_udp = { protocol = "udp", port = 53, description = "CoreDNS" }
      kubelet = { protocol = "tcp", port = 10250, description = "Kubelets, for the Metrics Server" }
    },
    local.uses_keda ? { keda = { protocol = "tcp", port = 9666, description = "Operator of KEDA" } } : {},
  )
}

resource "aws_vpc_security_group_ingress_rule" "control_plane" {
  for_each = local.from_control_plane

  security_group_id            = aws_security_group.nodes.id
  description                  = each.value.description
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "control_plane" {
  for_each = local.from_control_plane

  security_group_id            = aws_security_group.control_plane.id
  description                  = each.value.description
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  for_each = local.between_nodes

  security_group_id            = aws_security_group.nodes.id
  description                  = each.value.description
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  for_each = local.between_nodes

  security_group_id            = aws_security_group.nodes.id
  description                  = each.value.description
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.port
  to_port                      = each.value.port
}
