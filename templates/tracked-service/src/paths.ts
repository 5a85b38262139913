import { resolve } from 'node:path';

/** The template's folder. */
export const templateDirectory = resolve(__dirname, '..');

/** The monorepo's root. */
export const rootDirectory = resolve(templateDirectory, '../..');
