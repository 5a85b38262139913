import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../packages/dev-servers/src/index.js';

const ROLE = 'cloudtrace_pool';

/**
 * Starts PgBouncer in transaction mode, with the role that docs/operations.md
 * describes.
 *
 * @returns the connection for the plugin `cloudtrace`
 */
export async function startPooler({ server, folder, start, query }) {
  await query(`CREATE ROLE ${ROLE} LOGIN SUPERUSER`);
  await query(`ALTER ROLE ${ROLE} SET search_path = cloudtrace`);
  const port = await findFreePort(16432);
  const own = join(folder, 'pgbouncer');
  mkdirSync(own);
  const file = join(own, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
cloudtrace = host=127.0.0.1 port=${server.port} user=${ROLE}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
`,
  );
  // Like PostgreSQL, it refuses to run as root.
  if (server.account) chownSync(own, server.account.uid, server.account.gid);
  start('pgbouncer', 'pgbouncer', [file], { account: server.account });
  return {
    connection: {
      host: '127.0.0.1',
      port,
      user: ROLE,
      database: 'cloudtrace',
    },
  };
}
