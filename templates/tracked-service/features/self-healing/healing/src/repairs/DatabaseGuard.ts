import {
  DBInstanceNotFoundFault,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  type DBInstance,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { DeclaredState } from '../declared/DeclaredState.js';
import type { Difference, Guard } from './types.js';

/** Restores whether the database has a public address. */
export class DatabaseGuard implements Guard {
  readonly kind = 'database';
  readonly #rds: RDSClient;

  constructor(options: { rds: RDSClient }) {
    this.#rds = options.rds;
  }

  async compare({ database }: DeclaredState): Promise<Difference[]> {
    const { identifier, publiclyAccessible } = database;
    const found = await this.#find(identifier);
    if (found?.PubliclyAccessible === publiclyAccessible) return [];
    return [
      {
        resource: identifier,
        action: `set public access of the database ${identifier} to ${access(
          publiclyAccessible,
        )}`,
        declared: access(publiclyAccessible),
        found: found ? access(found.PubliclyAccessible) : 'no database',
        repair: found ? () => this.#repair(database) : undefined,
      },
    ];
  }

  async #find(identifier: string): Promise<DBInstance | undefined> {
    try {
      const { DBInstances: [found] = [] } = await this.#rds.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }),
      );
      return found;
    } catch (error) {
      if (error instanceof DBInstanceNotFoundFault) return undefined;
      throw error;
    }
  }

  async #repair({ identifier, publiclyAccessible }: DeclaredState['database']) {
    return this.#rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: identifier,
        PubliclyAccessible: publiclyAccessible,
        // Not in the maintenance window, which may be days away.
        ApplyImmediately: true,
      }),
    );
  }
}

function access(publiclyAccessible: boolean | undefined): string {
  if (publiclyAccessible === undefined) return 'unknown';
  return publiclyAccessible ? 'public' : 'private';
}
