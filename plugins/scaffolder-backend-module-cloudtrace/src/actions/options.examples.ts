import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Validate the answers of the form and render the layers they select',
    example: yaml.stringify({
      steps: [
        {
          id: 'options',
          name: 'Check the answers',
          action: 'cloudtrace:options',
          input: { answers: '${{ parameters }}' },
        },
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
