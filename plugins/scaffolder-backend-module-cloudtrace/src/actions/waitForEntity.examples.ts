import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for a component that was just registered',
    example: yaml.stringify({
      steps: [
        {
          id: 'registered',
          name: 'Wait for the catalog',
          action: 'cloudtrace:catalog:wait',
          input: {
            entityRef: '${{ steps.options.output.entityRef }}',
            timeoutSeconds: 30,
          },
        },
      ],
    }),
  },
];
