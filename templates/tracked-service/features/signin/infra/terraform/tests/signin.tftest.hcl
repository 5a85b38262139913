mock_provider "aws" {}

variables {
  full_name         = "orders-production"
  listener_arn      = "arn:https"
  target_group_arn  = "arn:targets"
  security_group_id = "sg-1"
  secret_version    = ""
  session_seconds   = 3600
  exempt_paths      = ["/webhooks/*"]
  exempt_networks   = []

  client = {
    id                     = "orders"
    issuer                 = "https://idp.example.org"
    authorization_endpoint = "https://idp.example.org/authorize"
    token_endpoint         = "https://idp.example.org/token"
    user_info_endpoint     = "https://idp.example.org/userinfo"
    scope                  = "openid"
  }
}

run "every_request_needs_a_sign_in" {
  command = plan

  module {
    source = "./modules/signin"
  }

  assert {
    condition     = { for name, rule in jsondecode(aws_cloudformation_stack.rules.template_body).Resources : name => [rule.Properties.Actions[0].AuthenticateOidcConfig.OnUnauthenticatedRequest, rule.Properties.Actions[1].Type] } == { Pages = ["authenticate", "forward"], Others = ["deny", "forward"] }
    error_message = "Pages must lead to the identity provider, everything else must be refused, and only then forwarded."
  }

  assert {
    condition     = jsondecode(aws_cloudformation_stack.rules.template_body).Resources.Others.Properties.Conditions == [{ Field = "path-pattern", PathPatternConfig = { Values = ["/*"] } }]
    error_message = "The last rule must match every request."
  }

  assert {
    condition     = aws_lb_listener_rule.exempt_paths[0].priority < 5 && length(aws_lb_listener_rule.exempt_networks) == 0
    error_message = "Exempt paths come first, and without networks there is no rule for them."
  }
}

run "the_secret_is_not_in_the_state" {
  command = plan

  module {
    source = "./modules/signin"
  }

  assert {
    condition     = jsondecode(aws_cloudformation_stack.rules.template_body).Resources.Pages.Properties.Actions[0].AuthenticateOidcConfig.ClientSecret == "{{resolve:secretsmanager:orders-production/sign-in:SecretString:::}}"
    error_message = "CloudFormation must read the client secret itself."
  }
}

run "the_load_balancer_reaches_the_identity_provider" {
  command = plan

  module {
    source = "./modules/signin"
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.identity_provider.from_port == 443 && aws_vpc_security_group_egress_rule.identity_provider.to_port == 443 && aws_vpc_security_group_egress_rule.identity_provider.security_group_id == "sg-1"
    error_message = "Only HTTPS may leave."
  }
}

run "refuses_what_would_open_the_service" {
  command = plan

  variables {
    name            = "orders"
    entity_ref      = "component:default/orders"
    environment     = "production"
    region          = "eu-central-1"
    zones           = ["eu-central-1a", "eu-central-1b"]
    image           = "111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0.0"
    certificate_arn = "arn:aws:acm:eu-central-1:111111111111:certificate/11111111-2222-3333-4444-555555555555"
    host_name       = "orders.example.org"

    sign_in_issuer                 = "http://idp.example.org"
    sign_in_authorization_endpoint = "https://idp.example.org"
    sign_in_token_endpoint         = "https://idp.example.org:8443/token"
    sign_in_user_info_endpoint     = "http://idp.example.org/userinfo"
    sign_in_client_id              = ""
    sign_in_secret_version         = "1"
    sign_in_scope                  = "email"
    sign_in_session_seconds        = 604801
    sign_in_exempt_paths           = ["/*"]
    sign_in_exempt_networks        = ["0.0.0.0/0"]
  }

  expect_failures = [
    var.sign_in_issuer,
    var.sign_in_authorization_endpoint,
    var.sign_in_token_endpoint,
    var.sign_in_user_info_endpoint,
    var.sign_in_client_id,
    var.sign_in_secret_version,
    var.sign_in_scope,
    var.sign_in_session_seconds,
    var.sign_in_exempt_paths,
    var.sign_in_exempt_networks,
  ]
}
