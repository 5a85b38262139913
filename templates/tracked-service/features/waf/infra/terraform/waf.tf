# AWS WAF with the managed common rules and a rate limit per address, in front of the load balancer.

module "web_firewall" {
  source = "./modules/web-firewall"

  full_name         = local.full_name
  load_balancer_arn = module.load_balancer.arn
}

# Before version 0.2.0 of the template, a switch created it.
moved {
  from = module.web_firewall[0]
  to   = module.web_firewall
}
