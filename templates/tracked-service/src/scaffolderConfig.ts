import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';

/** The parts of a portal's configuration that affect renderings. */
export function scaffolderConfig(directory: string, database: JsonObject) {
  return {
    app: { baseUrl: 'https://portal.example.com' },
    backend: {
      baseUrl: 'https://portal.example.com',
      database,
      workingDirectory: directory,
    },
    cloudtrace: {
      scaffolder: { localRepositories: join(directory, 'repositories') },
    },
    integrations: {
      github: [{ host: 'github.com' }],
      bitbucketCloud: [{ username: 'nobody', appPassword: 'none' }],
    },
  };
}
