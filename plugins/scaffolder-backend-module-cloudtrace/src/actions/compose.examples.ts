import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Name the package after the service and merge what the layers add to package.json',
    example: yaml.stringify({
      steps: [
        {
          id: 'compose',
          name: 'Assemble package.json',
          action: 'cloudtrace:compose',
          input: {
            name: '${{ steps.options.output.values.name }}',
            description: '${{ steps.options.output.values.description }}',
          },
        },
      ],
    }),
  },
];
