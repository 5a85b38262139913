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
