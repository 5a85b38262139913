import { Client } from 'pg';

const MASTER = 'master_user';
const PASSWORD = 'local-only';

/** How the migration and the service of a repository log in. */
export interface DatabaseUrls {
  /** May create roles, but is no superuser: like the master user of RDS. */
  readonly master: string;
  /** May only read and write rows; the migration creates this login. */
  readonly application: string;
  readonly applicationPassword: string;
}

/** Creates the user that RDS would create, and gives it the database. */
export async function createMasterUser(
  superuserUrl: string,
): Promise<DatabaseUrls> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(
      `CREATE ROLE ${MASTER} LOGIN CREATEROLE CREATEDB PASSWORD '${PASSWORD}'`,
    );
    const database = new URL(superuserUrl).pathname.slice(1);
    await client.query(`ALTER DATABASE ${database} OWNER TO ${MASTER}`);
  } finally {
    await client.end();
  }
  return {
    master: withUser(superuserUrl, MASTER),
    application: withUser(superuserUrl, 'service_application_a'),
    applicationPassword: PASSWORD,
  };
}

function withUser(address: string, user: string): string {
  const url = new URL(address);
  url.username = user;
  url.password = PASSWORD;
  return url.href;
}
