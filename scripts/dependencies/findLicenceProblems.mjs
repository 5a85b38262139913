import satisfies from 'spdx-satisfies';

/** Licences that permit to use a package with ours, Apache-2.0, without further duties than notice. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Packages whose manifest names no licence that can be read, and what their files say. */
const READ_BY_HAND = {
  // "license": ["MIT", "Apache2"]
  'pause-stream': 'MIT',
  // README: "(The MIT License)"
  pause: 'MIT',
  'fast-shallow-equal': 'Unlicense',
  'react-universal-interface': 'Unlicense',
  'valid-url': 'MIT',
};

/** What Backstage's own packages bring into every portal, with or without CloudTrace. */
const BROUGHT_BY_BACKSTAGE = new Map([
  // Of @backstage/ui: icons that may be used in products, not sold as icons.
  ['@remixicon/react', 'Remix Icon License 1.0'],
  // Of @backstage/plugin-scaffolder-node, unchanged: LGPL permits to link it.
  ['@isomorphic-git/pgp-plugin', 'LGPL-3.0+'],
]);

const nameOf = ({ group, name }) => (group ? `${group}/${name}` : name);

/** The SPDX expressions that a component of CycloneDX names. */
function expressions(component) {
  const { licenses = [] } = component;
  const known = READ_BY_HAND[nameOf(component)];
  if (known) return [known];
  return licenses.map(
    ({ expression, license }) => expression ?? license.id ?? license.name,
  );
}

function isAllowed(expression) {
  try {
    return satisfies(expression, ALLOWED);
  } catch {
    return false; // Not an SPDX expression.
  }
}

/** The components of a bill of materials whose licences are unknown or not allowed, one line each. */
export function findLicenceProblems({ components }) {
  return components.flatMap(component => {
    const found = expressions(component);
    const name = nameOf(component);
    const words = found.join(', ') || 'no licence';
    const isKnown = BROUGHT_BY_BACKSTAGE.get(name) === words;
    if (isKnown || (found.length > 0 && found.every(isAllowed))) return [];
    return [`${name}@${component.version}: ${words}`];
  });
}
