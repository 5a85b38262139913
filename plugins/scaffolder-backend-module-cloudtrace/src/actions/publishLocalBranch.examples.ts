import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Open an update as a branch of a local repository',
    example: yaml.stringify({
      steps: [
        {
          id: 'branch',
          name: 'Open the change',
          action: 'cloudtrace:publish:local:branch',
          input: {
            name: 'orders',
            branch: 'cloudtrace/update-0.2.0',
            message: '${{ steps.merge.output.description }}',
            deleted: '${{ steps.merge.output.deleted }}',
          },
        },
      ],
    }),
  },
];
