# What the service may do in Vault (setup.sh puts the role's name in): get credentials of its database role, renew and give back its own leases.
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
