import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Lay the layers that the answers ask for',
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
