variable "full_name" {
  description = "Service and environment, prefix of resource names."
  type        = string
}

variable "short_name" {
  description = "The same within 32 characters, for names with that limit."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the load balancer."
  type        = string
}

variable "internal" {
  description = "Private addresses only."
  type        = bool
}

variable "client_cidr" {
  description = "Network of the clients of an internal load balancer."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets, one per zone: public, or private for an internal load balancer."
  type        = list(string)
}

variable "idle_timeout_seconds" {
  description = "When a connection without data is closed."
  type        = number
}

variable "deregistration_delay_seconds" {
  description = "How long an instance that leaves may finish its requests."
  type        = number
}

variable "certificate_arn" {
  description = "ACM certificate of the HTTPS listener."
  type        = string
}

variable "service_port" {
  description = "Port on which an instance serves requests."
  type        = number
}

variable "target_type" {
  description = "instance or ip: how the targets are registered."
  type        = string
}

variable "deletion_protection" {
  description = "Prevent deletion of the load balancer."
  type        = bool
}

variable "access_logs_bucket" {
  description = "Bucket for access logs."
  type        = string
}

variable "host_name" {
  description = "DNS name of the service."
  type        = string
}

variable "hosted_zone_id" {
  description = "Route 53 zone for the DNS name; empty when the name is managed elsewhere."
  type        = string
}

locals {
  client_cidr = var.internal ? var.client_cidr : "0.0.0.0/0"
}

resource "aws_security_group" "this" {
  name        = "${var.full_name}-load-balancer"
  description = "Load balancer of ${var.full_name}: HTTPS from clients, service port towards the instances"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.full_name}-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "HTTPS from clients"
  cidr_ipv4         = local.client_cidr
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "http" {
  security_group_id = aws_security_group.this.id
  description       = "HTTP from clients, answered with a redirect to HTTPS"
  cidr_ipv4         = local.client_cidr
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_lb" "this" {
  name               = var.short_name
  load_balancer_type = "application"
  internal           = var.internal
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.this.id]

  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
  idle_timeout               = var.idle_timeout_seconds

  access_logs {
    bucket  = var.access_logs_bucket
    prefix  = "load-balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "service" {
  name        = var.short_name
  port        = var.service_port
  protocol    = "HTTP"
  target_type = var.target_type
  vpc_id      = var.vpc_id

  # There is no stickiness: sessions are in the database, so each instance can answer each request.
  deregistration_delay = var.deregistration_delay_seconds

  # Serving, not readiness: readiness turns 503 while the database fails over, and Auto Scaling would then replace
  # every healthy instance at once. A draining instance is noticed within 19 s, before it stops (SHUTDOWN_DRAIN_MS);
  # a busy one that stalls for 10 s stays.
  health_check {
    path                = "/healthz/serving"
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 5
    timeout             = 4
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service.arn
  }
}

# The other probes are for the network inside: liveness, and the signal by which the service scales.
resource "aws_lb_listener_rule" "public_probes" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 1

  condition {
    path_pattern {
      values = ["/healthz/serving", "/healthz/ready"]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service.arn
  }
}

resource "aws_lb_listener_rule" "internal_probes" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 2

  condition {
    path_pattern {
      values = ["/healthz/*"]
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_route53_record" "service" {
  count = var.hosted_zone_id == "" ? 0 : 1

  zone_id = var.hosted_zone_id
  name    = var.host_name
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = false
  }
}

output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "arn_suffix" {
  description = "Last part of the ARN: the LoadBalancer dimension of CloudWatch metrics."
  value       = aws_lb.this.arn_suffix
}

output "dns_name" {
  description = "Host name that the service's own name must point to."
  value       = aws_lb.this.dns_name
}

output "target_group_arn" {
  description = "ARN of the target group that instances join."
  value       = aws_lb_target_group.service.arn
}

output "target_group_arn_suffix" {
  description = "Last part of the target group's ARN: the TargetGroup dimension of CloudWatch metrics."
  value       = aws_lb_target_group.service.arn_suffix
}

output "security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.this.id
}
