import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { templateDirectory } from './paths';

/** A step of the template. */
export interface TemplateStep {
  id: string;
  action: string;
  if?: string;
  each?: string;
  input?: Record<string, unknown>;
}

/** The template's file, with the fields that the tools use. */
export interface TemplateDocument {
  spec: { steps: TemplateStep[] };
}

/** Reads `template.yaml`. */
export function readTemplate(): TemplateDocument {
  return parse(readFileSync(join(templateDirectory, 'template.yaml'), 'utf8'));
}
