# The logins at broker and Redis. Secrets Manager generates the passwords, which only CloudFormation can request: made by
# Terraform, they would be in its state, and whoever plans could read them.

locals {
  redis_user_name = "service"

  broker_secret_arn = aws_cloudformation_stack.logins.outputs["BrokerSecret"]
  redis_secret_arn  = aws_cloudformation_stack.logins.outputs["RedisSecret"]

  logins = {
    # MSK accepts only secrets with this prefix and a key of the account.
    BrokerSecret = { name = "AmazonMSK_${var.full_name}/broker-login", username = var.full_name, at = "its broker" }
    RedisSecret  = { name = "${var.full_name}/redis-login", username = local.redis_user_name, at = "Redis" }
  }

  login_resources = { for id, login in local.logins : id => {
    Type = "AWS::SecretsManager::Secret"
    Properties = {
      Name        = login.name
      Description = "Login of ${var.full_name} at ${login.at}"
      KmsKeyId    = var.kms_key_arn
      GenerateSecretString = {
        SecretStringTemplate = jsonencode({ username = login.username })
        GenerateStringKey    = "password"
        PasswordLength       = 64
        ExcludePunctuation   = true
      }
    }
  } }

  redis_user = {
    Type = "AWS::ElastiCache::User"
    Properties = {
      Engine       = "valkey"
      UserId       = var.short_name
      UserName     = local.redis_user_name
      AccessString = "on ~* &* +@all"
      Passwords    = [{ "Fn::Sub" = "{{resolve:secretsmanager:$${RedisSecret}:SecretString:password}}" }]
    }
  }
}

resource "aws_cloudformation_stack" "logins" {
  name = "${var.full_name}-logins"

  template_body = jsonencode({
    Description = "Logins of ${var.full_name}, part of its Terraform configuration"
    Resources   = merge(local.login_resources, { RedisUser = local.redis_user })
    Outputs = {
      BrokerSecret = { Value = { Ref = "BrokerSecret" } }
      RedisSecret  = { Value = { Ref = "RedisSecret" } }
      RedisUser    = { Value = { Ref = "RedisUser" } }
    }
  })
}
