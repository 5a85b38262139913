mock_provider "aws" {}

variables {
  full_name          = "orders-production"
  short_name         = "orders-production"
  region             = "eu-central-1"
  package_path       = "healing.zip"
  group              = { name = "orders-production", arn = "arn:aws:autoscaling:eu-central-1:111111111111:autoScalingGroup:1:autoScalingGroupName/orders-production", min_size = 2, max_size = 6 }
  cpu_alarm          = "orders-production-instance-cpu"
  memory_alarm       = "orders-production-instance-memory"
  portal_api_url     = ""
  topic_arn          = "arn:aws:sns:eu-central-1:111111111111:orders-production"
  kms_key_arn        = "arn:aws:kms:eu-central-1:111111111111:key/1"
  log_retention_days = 30

  permissions_boundary_arn = "arn:aws:iam::111111111111:policy/orders-production-boundary"

  database = { identifier = "orders-production", arn = "arn:aws:rds:eu-central-1:111111111111:db:orders-production", publicly_accessible = false }
  security_group_rules = {
    ingress = [{ security_group_id = "sg-1", ip_protocol = "tcp", from_port = 443, to_port = 443, cidr_ipv4 = "0.0.0.0/0", description = "HTTPS" }]
    egress = [
      { security_group_id = "sg-1", ip_protocol = "tcp", from_port = 8080, to_port = 8080, referenced_security_group_id = "sg-2" },
      { security_group_id = "sg-1", ip_protocol = "tcp", from_port = 443, to_port = 443, prefix_list_id = "pl-1" },
      { security_group_id = "sg-1", ip_protocol = "-1", cidr_ipv6 = "::/0" },
    ]
  }
  listeners = [
    { arn = "arn:https", port = 443, protocol = "HTTPS", ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06", certificate_arn = "arn:certificate", target_group_arn = "arn:targets" },
    { arn = "arn:http", port = 80, protocol = "HTTP" },
  ]
}

run "the_declared_state_is_what_the_function_reads" {
  command = plan

  module {
    source = "./modules/healing"
  }

  assert {
    condition = jsonencode(jsondecode(nonsensitive(aws_ssm_parameter.declared.value))) == jsonencode({
      securityGroups = [{
        id      = "sg-1"
        ingress = [{ protocol = "tcp", fromPort = 443, toPort = 443, cidrIpv4 = "0.0.0.0/0", description = "HTTPS" }]
        egress = [
          { protocol = "tcp", fromPort = 8080, toPort = 8080, groupId = "sg-2" },
          { protocol = "tcp", fromPort = 443, toPort = 443, prefixListId = "pl-1" },
          { protocol = "-1", cidrIpv6 = "::/0" },
        ]
      }]
      group = { name = "orders-production", minSize = 2, maxSize = 6 }
      listeners = [
        { arn = "arn:https", port = 443, protocol = "HTTPS", sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06", certificateArn = "arn:certificate", targetGroupArn = "arn:targets" },
        { arn = "arn:http", port = 80, protocol = "HTTP" },
      ]
      database = { identifier = "orders-production", publiclyAccessible = false }
    })
    error_message = "The parameter must contain exactly what is declared, and no empty fields."
  }
}

run "it_may_set_only_the_declared_values" {
  command = plan

  module {
    source = "./modules/healing"
  }

  assert {
    condition     = [for statement in local.restoring : jsonencode(statement.Condition) if statement.Sid == "RestoreGroup"] == [jsonencode({ NumericEquals = { "autoscaling:MaxSize" = "6", "autoscaling:MinSize" = "2" } })]
    error_message = "The bounds of the group must be limited to the declared ones."
  }

  assert {
    condition = { for statement in local.restoring_listeners : join(", ", statement.Resource) => jsonencode(statement.Condition["ForAllValues:StringEquals"]) } == {
      "arn:http"  = jsonencode({ "elasticloadbalancing:ListenerProtocol" = ["HTTP"] })
      "arn:https" = jsonencode({ "elasticloadbalancing:ListenerProtocol" = ["HTTPS"], "elasticloadbalancing:SecurityPolicy" = ["ELBSecurityPolicy-TLS13-1-2-2021-06"] })
    }
    error_message = "A listener must keep its protocol, and one with TLS its policy."
  }

  assert {
    condition     = !contains(flatten([for statement in local.restoring : statement.Resource]), "*")
    error_message = "A change must name its resources."
  }
}

run "every_rule_starts_the_function" {
  command = plan

  module {
    source = "./modules/healing"
  }

  assert {
    condition     = aws_cloudwatch_event_rule.healing["check"].schedule_expression == "rate(5 minutes)" && length(aws_cloudwatch_event_target.healing) == length(aws_cloudwatch_event_rule.healing) && length(aws_lambda_permission.events) == length(aws_cloudwatch_event_rule.healing)
    error_message = "Each rule needs the function as target, and the permission to invoke it."
  }
}
