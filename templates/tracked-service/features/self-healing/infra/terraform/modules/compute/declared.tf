# What self-healing restores of this module.
output "declared_rules" {
  description = "Rules of security groups."
  value = {
    ingress = [aws_vpc_security_group_ingress_rule.load_balancer]
    egress  = [aws_vpc_security_group_egress_rule.load_balancer, aws_vpc_security_group_egress_rule.https]
  }
}

output "declared_group" {
  description = "The Auto Scaling group with its bounds."
  value = {
    name     = aws_autoscaling_group.service.name
    arn      = aws_autoscaling_group.service.arn
    min_size = aws_autoscaling_group.service.min_size
    max_size = aws_autoscaling_group.service.max_size
  }
}
