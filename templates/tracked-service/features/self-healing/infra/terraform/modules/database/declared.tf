# What self-healing restores of this module.
output "declared_rules" {
  description = "Rules of security groups."
  value = {
    ingress = concat([aws_vpc_security_group_ingress_rule.service], values(aws_vpc_security_group_ingress_rule.clients))
    egress  = [aws_vpc_security_group_egress_rule.service]
  }
}

output "declared_database" {
  description = "The database with its public access."
  value = {
    identifier          = aws_db_instance.this.identifier
    arn                 = aws_db_instance.this.arn
    publicly_accessible = aws_db_instance.this.publicly_accessible
  }
}
