import { conditionsHold } from './conditionsHold';
import type { OptionValues, TemplateOptions, TemplatePartHook } from './types';

/**
 * The names of the optional parts of the infrastructure that these answers
 * select: `all` of them, and those that use a hook.
 * @public
 */
export function selectParts(
  template: TemplateOptions,
  values: OptionValues,
): Record<'all' | TemplatePartHook, string[]> {
  const parts = (template.parts ?? []).filter(({ when }) =>
    conditionsHold(when, values),
  );
  const withHook = (hook: TemplatePartHook) =>
    parts.filter(({ hooks }) => hooks.includes(hook)).map(({ name }) => name);
  return {
    all: parts.map(({ name }) => name),
    environment: withHook('environment'),
    permissions: withHook('permissions'),
    alarms: withHook('alarms'),
    rules: withHook('rules'),
  };
}
