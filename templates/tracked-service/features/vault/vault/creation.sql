CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE service_owner;
ALTER ROLE "{{name}}" SET role = 'service_owner';
