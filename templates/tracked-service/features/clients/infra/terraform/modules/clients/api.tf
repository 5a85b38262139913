# POST /downloads goes directly to the queue, with no component in between that could fail. Callers sign with IAM.

resource "aws_apigatewayv2_api" "this" {
  name          = "${var.full_name}-downloads"
  description   = "Download jobs of ${var.full_name}"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "queue" {
  api_id                 = aws_apigatewayv2_api.this.id
  description            = "Puts the job on the queue"
  integration_type       = "AWS_PROXY"
  integration_subtype    = "SQS-SendMessage"
  credentials_arn        = aws_iam_role.api.arn
  payload_format_version = "1.0"

  request_parameters = {
    QueueUrl    = aws_sqs_queue.jobs.url
    MessageBody = "$request.body"
  }
}

resource "aws_apigatewayv2_route" "downloads" {
  api_id             = aws_apigatewayv2_api.this.id
  route_key          = "POST /downloads"
  authorization_type = "AWS_IAM"
  target             = "integrations/${aws_apigatewayv2_integration.queue.id}"
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/cloudtrace/${var.full_name}/downloads-api"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 100
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format = jsonencode({
      requestId      = "$context.requestId"
      requestTime    = "$context.requestTime"
      routeKey       = "$context.routeKey"
      status         = "$context.status"
      sourceIp       = "$context.identity.sourceIp"
      responseLength = "$context.responseLength"
    })
  }
}
