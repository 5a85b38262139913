import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Give a local repository its tokens, in its .env file',
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
    description: "Give a repository on GitHub its pipeline's tokens",
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
