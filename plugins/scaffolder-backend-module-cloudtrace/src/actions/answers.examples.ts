import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Record how the repository was created, after all files are written',
    example: yaml.stringify({
      steps: [
        {
          id: 'answers',
          name: 'Record the answers',
          action: 'cloudtrace:answers',
          input: {
            template: 'tracked-service',
            version: '${{ steps.options.output.values.templateVersion }}',
            answers: '${{ steps.options.output.answers }}',
          },
        },
      ],
    }),
  },
];
