import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Store tokens in the .env file of a local repository',
    example: yaml.stringify({
      steps: [
        {
          id: 'token',
          name: 'Create the ingest tokens',
          action: 'cloudtrace:token:create',
          input: {
            entityRef: '${{ steps.options.output.entityRef }}',
            kinds: ['requests', 'scans', 'events'],
            store: 'local',
            name: '${{ parameters.name }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Store pipeline tokens in a GitHub repository',
    example: yaml.stringify({
      steps: [
        {
          id: 'token',
          name: 'Create the ingest tokens',
          action: 'cloudtrace:token:create',
          input: {
            entityRef: '${{ steps.options.output.entityRef }}',
            environment: 'production',
            kinds: ['requests', 'scans', 'events'],
            store: 'github',
            repoUrl: '${{ parameters.repoUrl }}',
          },
        },
      ],
    }),
  },
];
