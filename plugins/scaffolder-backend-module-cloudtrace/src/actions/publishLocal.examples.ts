import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Create a repository on the machine of the portal',
    example: yaml.stringify({
      steps: [
        {
          id: 'publish',
          name: 'Create the repository',
          action: 'cloudtrace:publish:local',
          input: { name: '${{ parameters.name }}' },
        },
        {
          id: 'registered',
          name: 'Wait for the catalog',
          action: 'cloudtrace:catalog:wait',
          input: { entityRef: 'component:default/${{ parameters.name }}' },
        },
      ],
    }),
  },
];
