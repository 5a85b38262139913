import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Run the new service on the local fleet',
    example: yaml.stringify({
      steps: [
        {
          id: 'fleet',
          name: 'Start the service',
          action: 'cloudtrace:fleet:start',
          if: '${{ steps.options.output.answers.startOnLocalFleet }}',
          input: {
            entityRef: '${{ steps.options.output.entityRef }}',
            name: '${{ parameters.name }}',
          },
        },
      ],
    }),
  },
];
