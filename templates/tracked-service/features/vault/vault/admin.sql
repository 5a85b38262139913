-- Run once by setup.sh as the user that migrates: creates the user with which Vault creates and drops logins of the
-- service. Vault rotates the password of this user, and not that of the master user, which migrations need and RDS rotates.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vault_admin') THEN
    CREATE ROLE vault_admin LOGIN CREATEROLE;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO vault_admin', current_database());
END $$;
-- Since PostgreSQL 16, CREATEROLE alone may not put a new login into a role.
GRANT service_application TO vault_admin WITH ADMIN OPTION;
