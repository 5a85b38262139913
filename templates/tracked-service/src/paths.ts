import { resolve } from 'node:path';

/** The template's folder. */
// Never built: the tool runs only from the monorepo.
// eslint-disable-next-line no-restricted-syntax
export const templateDirectory = resolve(__dirname, '..');

/** The monorepo's root. */
export const rootDirectory = resolve(templateDirectory, '../..');
