import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Compare a cloned repository with the newer version',
    example: yaml.stringify({
      steps: [
        {
          id: 'merge',
          name: 'Compute the change',
          action: 'cloudtrace:update:merge',
          input: {
            currentPath: './current',
            renderedPath: './rendered',
            changePath: './change',
          },
        },
      ],
    }),
  },
];
