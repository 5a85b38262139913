import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Read how a service was created',
    example: yaml.stringify({
      steps: [
        {
          id: 'load',
          name: 'Read the service',
          action: 'cloudtrace:update:load',
          input: { entityRef: '${{ parameters.entityRef }}' },
        },
      ],
    }),
  },
];
