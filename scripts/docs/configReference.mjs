import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages } from '../pack/publishedPackages.mjs';
import { readConfigKeys } from './readConfigKeys.mjs';

const INTRO = `# Configuration reference

<!-- Written by "yarn docs:generate" from config.d.ts of each package. Do not edit. -->

All keys that CloudTrace's packages read from \`app-config.yaml\`. \`[]\` stands for the entries of a
list, and a name in angle brackets for one that you choose. A duration is text such as \`7 days\`, or
an object such as \`{ days: 7 }\`. [Configuration](../configuration.md) explains the keys that most
portals set.
`;

function words(type) {
  if (type === 'object' || type === 'list') return type;
  return `\`${type.replace('string | HumanDuration', 'duration')}\``;
}

function section({ name, directory }) {
  const file = join(directory, 'config.d.ts');
  if (!existsSync(file)) return [];
  const keys = readConfigKeys(readFileSync(file, 'utf8'), file).filter(
    // The object around all keys needs no row.
    ({ key, description }) => key.includes('.') || description,
  );
  // A list, because keys are too long for the columns of a table.
  return [
    `\n## ${name}\n`,
    ...keys.map(({ key, type, required, secret, description }) =>
      [
        `- **\`${key}\`** (${words(type)}):`,
        description.replace(/docs\/([a-z-]+)\.md/g, '[$&](../$1.md)'),
        required && '_Required._',
        secret && '_Secret: never sent to browsers._',
      ]
        .filter(Boolean)
        .join(' '),
    ),
  ];
}

/** The page that lists the configuration keys of all published packages, as Markdown. */
export function configReference() {
  return [INTRO, ...publishedPackages().flatMap(section), ''].join('\n');
}
