# What the function may restore. It can read this parameter but not write it.
resource "aws_ssm_parameter" "declared" {
  name        = "/${var.full_name}/healing/declared"
  description = "What the repository declares for ${var.full_name}, which self-healing restores"
  type        = "String"
  # Above 4 KB, which is more than 25 rules, AWS charges for the parameter.
  tier  = "Intelligent-Tiering"
  value = jsonencode(local.declared)
}

locals {
  # As the function reads them; empty peers are left out.
  rules = { for direction, rules in var.security_group_rules : direction => [for rule in rules : {
    group = rule.security_group_id
    rule = { for key, value in {
      protocol     = rule.ip_protocol
      fromPort     = rule.from_port
      toPort       = rule.to_port
      cidrIpv4     = rule.cidr_ipv4
      cidrIpv6     = rule.cidr_ipv6
      prefixListId = rule.prefix_list_id
      groupId      = rule.referenced_security_group_id
      description  = rule.description
    } : key => value if value != null }
  }] }
  groups = distinct(concat(local.rules.ingress[*].group, local.rules.egress[*].group))

  declared = {
    securityGroups = [for id in local.groups : {
      id      = id
      ingress = [for entry in local.rules.ingress : entry.rule if entry.group == id]
      egress  = [for entry in local.rules.egress : entry.rule if entry.group == id]
    }]
    group = { name = var.group.name, minSize = var.group.min_size, maxSize = var.group.max_size }
    listeners = [for listener in var.listeners : { for key, value in {
      arn            = listener.arn
      port           = listener.port
      protocol       = listener.protocol
      sslPolicy      = listener.ssl_policy
      certificateArn = listener.certificate_arn
      targetGroupArn = listener.target_group_arn
    } : key => value if value != null && value != "" }]
    database = { identifier = var.database.identifier, publiclyAccessible = var.database.publicly_accessible }
  }

  # The pipeline writes the end of a pause here while it changes what is declared. Not in this state: it would be drift.
  pause_parameter = "/${var.full_name}/healing/paused-until"
  # The function writes here what it reported and could not restore, to report it once. Not in this state either.
  problems_parameter = "/${var.full_name}/healing/problems"
}

# Created empty, as the ingest token is: the pipeline stores the portal's token for events.
resource "aws_secretsmanager_secret" "events_token" {
  name        = "${var.full_name}/events-token"
  description = "Token with which self-healing of ${var.full_name} reports to the portal"
  kms_key_id  = var.kms_key_arn
}

resource "aws_cloudwatch_log_group" "healing" {
  name              = "/cloudtrace/${var.full_name}/healing"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# Events that failed three times, kept for 14 days.
resource "aws_sqs_queue" "failed" {
  name                      = "${var.full_name}-healing-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "tls_only" {
  queue_url = aws_sqs_queue.failed.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RefuseUnencryptedTransport"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.failed.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_lambda_function" "healing" {
  function_name = "${var.full_name}-healing"
  description   = "Restores what the repository declares, and replaces instances that are stuck"
  role          = aws_iam_role.healing.arn
  runtime       = "nodejs24.x"
  architectures = ["arm64"]
  handler       = "index.handler"
  filename      = var.package_path
  # Built by scripts/ci/parts/healing.sh; without it, validation and tests still work.
  source_code_hash = fileexists(var.package_path) ? filebase64sha256(var.package_path) : null
  timeout          = 120
  memory_size      = 256
  # One at a time: two would both replace an instance.
  reserved_concurrent_executions = 1

  environment {
    variables = {
      DECLARED_PARAMETER      = aws_ssm_parameter.declared.name
      PAUSE_PARAMETER         = local.pause_parameter
      PROBLEMS_PARAMETER      = local.problems_parameter
      GROUP_NAME              = var.group.name
      CPU_ALARM               = var.cpu_alarm
      MEMORY_ALARM            = var.memory_alarm
      TOPIC_ARN               = var.topic_arn
      PORTAL_API_URL          = var.portal_api_url
      EVENTS_TOKEN_SECRET_ARN = aws_secretsmanager_secret.events_token.arn
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.healing.name
  }

  depends_on = [aws_iam_role_policy.healing]
}

# Retried twice, and not much later: the regular check would have repaired it by then.
resource "aws_lambda_function_event_invoke_config" "healing" {
  function_name                = aws_lambda_function.healing.function_name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 3600
}
