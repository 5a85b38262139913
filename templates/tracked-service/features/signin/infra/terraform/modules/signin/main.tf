locals {
  secret_name = "${var.full_name}/sign-in"

  # Rules before these: the probes (1 and 2).
  exempt_paths_priority    = 3
  exempt_networks_priority = 4

  # Browsers name the purpose of a request. A page is redirected to the identity provider; a script, a socket or a machine
  # could not use that page, and gets 401.
  rules = {
    Pages  = { priority = 5, unauthenticated = "authenticate", conditions = [local.navigation, local.every_path] }
    Others = { priority = 6, unauthenticated = "deny", conditions = [local.every_path] }
  }

  every_path = { Field = "path-pattern", PathPatternConfig = { Values = ["/*"] } }
  navigation = { Field = "http-header", HttpHeaderConfig = { HttpHeaderName = "Sec-Fetch-Mode", Values = ["navigate"] } }

  client = {
    Issuer                = var.client.issuer
    ClientId              = var.client.id
    ClientSecret          = "{{resolve:secretsmanager:${local.secret_name}:SecretString:::${var.secret_version}}}"
    AuthorizationEndpoint = var.client.authorization_endpoint
    TokenEndpoint         = var.client.token_endpoint
    UserInfoEndpoint      = var.client.user_info_endpoint
    Scope                 = var.client.scope
    SessionTimeout        = var.session_seconds
  }
}

resource "aws_vpc_security_group_egress_rule" "identity_provider" {
  security_group_id = var.security_group_id
  description       = "Token and user info endpoints of the identity provider"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_lb_listener_rule" "exempt_paths" {
  count = length(var.exempt_paths) > 0 ? 1 : 0

  listener_arn = var.listener_arn
  priority     = local.exempt_paths_priority

  condition {
    path_pattern {
      values = var.exempt_paths
    }
  }

  action {
    type             = "forward"
    target_group_arn = var.target_group_arn
  }
}

resource "aws_lb_listener_rule" "exempt_networks" {
  count = length(var.exempt_networks) > 0 ? 1 : 0

  listener_arn = var.listener_arn
  priority     = local.exempt_networks_priority

  condition {
    source_ip {
      values = var.exempt_networks
    }
  }

  action {
    type             = "forward"
    target_group_arn = var.target_group_arn
  }
}

# A stack of CloudFormation, because it reads the client secret itself: aws_lb_listener_rule would store it in the state,
# which the plans of all pull requests may read.
resource "aws_cloudformation_stack" "rules" {
  name = "${var.full_name}-sign-in"

  template_body = jsonencode({
    Description = "Sign-in at the load balancer of ${var.full_name}"
    Resources = {
      for name, rule in local.rules : name => {
        Type = "AWS::ElasticLoadBalancingV2::ListenerRule"
        Properties = {
          ListenerArn = var.listener_arn
          Priority    = rule.priority
          Conditions  = rule.conditions
          Actions = [
            {
              Type                   = "authenticate-oidc"
              Order                  = 1
              AuthenticateOidcConfig = merge(local.client, { OnUnauthenticatedRequest = rule.unauthenticated })
            },
            { Type = "forward", Order = 2, TargetGroupArn = var.target_group_arn },
          ]
        }
      }
    }
  })

  # Without it, signing in ends with an error 500.
  depends_on = [aws_vpc_security_group_egress_rule.identity_provider]
}
