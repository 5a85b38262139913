environment = "production"

# Replace these two before the first deployment: see README.md.
certificate_arn = "arn:aws:acm:eu-central-1:000000000000:certificate/00000000-0000-0000-0000-000000000000"
host_name       = "service.example.com"

# Route 53 zone in which to create host_name; empty if DNS is managed elsewhere.
hosted_zone_id = ""

# Who receives alarms.
alarm_email = ""

# The developer portal: which account may read the state of the fleet. Where traces go is in service.auto.tfvars.json (otlp_endpoint).
portal_account_id  = ""
portal_external_id = ""

# Only used with secrets_backend = "vault": where Vault is, and from which private networks it reaches the database.
vault_address         = "https://vault.example.com"
database_client_cidrs = []

# Settings that depend on how important this environment is.
deletion_protection  = true
nat_gateway_per_zone = true
database_backup_days = 7
