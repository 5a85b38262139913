locals {
  # As in ../../../healing/src/watched.ts. Not limited to our resources: the function compares only those.
  watched_calls = {
    ec2 = { source = "aws.ec2", calls = [
      "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules",
      "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress",
    ] }
    autoscaling   = { source = "aws.autoscaling", calls = ["UpdateAutoScalingGroup"] }
    load-balancer = { source = "aws.elasticloadbalancing", calls = ["DeleteListener", "ModifyListener"] }
    rds           = { source = "aws.rds", calls = ["ModifyDBInstance"] }
  }

  patterns = merge(
    {
      alarms = {
        description = "Alarms of single instances"
        pattern = {
          source        = ["aws.cloudwatch"]
          "detail-type" = ["CloudWatch Alarm State Change"]
          detail        = { alarmName = [var.cpu_alarm, var.memory_alarm], state = { value = ["ALARM"] } }
        }
      }
      activities = {
        description = "What Auto Scaling does"
        pattern = {
          source = ["aws.autoscaling"]
          "detail-type" = [
            "EC2 Instance Launch Successful", "EC2 Instance Launch Unsuccessful",
            "EC2 Instance Terminate Successful", "EC2 Instance Terminate Unsuccessful",
          ]
          detail = { AutoScalingGroupName = [var.group.name] }
        }
      }
    },
    { for name, watched in local.watched_calls : "calls-${name}" => {
      description = "Calls that can change what the repository declares"
      pattern = {
        source        = [watched.source]
        "detail-type" = ["AWS API Call via CloudTrail"]
        detail        = { eventName = watched.calls }
      }
    } },
  )

  rules_by_name = merge(
    {
      check = {
        description = "Compares everything with the declared state: CloudTrail may be late, or off"
        schedule    = "rate(5 minutes)"
        pattern     = null
      }
    },
    { for name, rule in local.patterns : name => {
      description = rule.description
      schedule    = null
      pattern     = jsonencode(rule.pattern)
    } },
  )
}

resource "aws_cloudwatch_event_rule" "healing" {
  for_each = local.rules_by_name

  name                = "${var.short_name}-healing-${each.key}"
  description         = each.value.description
  schedule_expression = each.value.schedule
  event_pattern       = each.value.pattern
}

resource "aws_cloudwatch_event_target" "healing" {
  for_each = aws_cloudwatch_event_rule.healing

  rule = each.value.name
  arn  = aws_lambda_function.healing.arn
}

resource "aws_lambda_permission" "events" {
  for_each = aws_cloudwatch_event_rule.healing

  statement_id  = "events-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.healing.function_name
  principal     = "events.amazonaws.com"
  source_arn    = each.value.arn
}
