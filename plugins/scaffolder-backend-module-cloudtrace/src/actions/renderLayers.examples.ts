import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Render the layers that the answers select',
    example: yaml.stringify({
      steps: [
        {
          id: 'layers',
          name: 'Render the repository',
          action: 'cloudtrace:layers:render',
          input: {
            layers: '${{ steps.options.output.layers }}',
            values: '${{ steps.options.output.values }}',
          },
        },
      ],
    }),
  },
];
