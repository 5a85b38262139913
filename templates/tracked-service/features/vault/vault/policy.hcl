# Permissions of the service in Vault (setup.sh fills in the role's name): get credentials of its database role, renew and revoke its own leases.
path "database/creds/ROLE" {
  capabilities = ["read"]
}

path "sys/leases/renew" {
  capabilities = ["update"]
}

path "sys/leases/revoke" {
  capabilities = ["update"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}
