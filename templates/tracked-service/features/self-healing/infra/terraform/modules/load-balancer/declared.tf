# What self-healing restores of this module.
output "declared_rules" {
  description = "Rules of security groups."
  value = {
    ingress = [aws_vpc_security_group_ingress_rule.https, aws_vpc_security_group_ingress_rule.http]
    egress  = []
  }
}

output "declared_listeners" {
  description = "Listeners; without a target group, a listener redirects to HTTPS."
  value = [for listener in [aws_lb_listener.https, aws_lb_listener.http] : {
    arn              = listener.arn
    port             = listener.port
    protocol         = listener.protocol
    ssl_policy       = listener.protocol == "HTTPS" ? listener.ssl_policy : null
    certificate_arn  = listener.certificate_arn
    target_group_arn = one([for action in listener.default_action : action.target_group_arn if action.type == "forward"])
  }]
}
