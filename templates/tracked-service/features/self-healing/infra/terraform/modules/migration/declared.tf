# What self-healing restores of this module.
output "declared_rules" {
  description = "Rules of security groups."
  value = {
    ingress = [aws_vpc_security_group_ingress_rule.database]
    egress  = [aws_vpc_security_group_egress_rule.https, aws_vpc_security_group_egress_rule.database]
  }
}
