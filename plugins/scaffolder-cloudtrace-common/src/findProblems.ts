import { conditionsHold } from './conditionsHold';
import type {
  OptionDefinition,
  OptionProblem,
  OptionRule,
  OptionValue,
  OptionValues,
  TemplateOptions,
} from './types';

/**
 * Checks normalised answers against a template's options and rules. An empty
 * list means that the template can be rendered with them.
 *
 * @public
 */
export function findProblems(
  template: TemplateOptions,
  values: OptionValues,
): OptionProblem[] {
  const problems: OptionProblem[] = [];
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(template.options, name)) {
      problems.push({ option: name, reason: 'is not an option' });
    }
  }
  for (const [name, option] of Object.entries(template.options)) {
    const reason = problemOfValue(option, values[name]);
    if (reason) {
      problems.push({ option: name, reason });
    }
  }
  // Rules compare answers with each other, which makes sense only if each is
  // valid on its own.
  if (problems.length === 0) {
    for (const rule of template.rules) {
      problems.push(...problemsOfRule(rule, values));
    }
  }
  return problems;
}

function problemOfValue(
  option: OptionDefinition,
  value: OptionValue | undefined,
): string | undefined {
  if (value === undefined) {
    return option.required ? 'must be answered' : undefined;
  }
  if (option.type === 'integer') {
    return problemOfInteger(option, value);
  }
  if (typeof value !== option.type) {
    return `must be a ${option.type}`;
  }
  if (typeof value === 'string') {
    const reason = problemOfText(option, value);
    if (reason) {
      return reason;
    }
  }
  return problemOfChoice(option, value);
}

function problemOfInteger(
  option: OptionDefinition,
  value: OptionValue,
): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = option;
  if (!Number.isInteger(value)) {
    return 'must be a whole number';
  }
  if (Number(value) < minimum || Number(value) > maximum) {
    return `must be between ${minimum} and ${maximum}`;
  }
  return problemOfChoice(option, value);
}

function problemOfText(
  option: OptionDefinition,
  value: string,
): string | undefined {
  if (value.length < (option.minLength ?? 0)) {
    return `must have at least ${option.minLength} characters`;
  }
  if (value.length > (option.maxLength ?? Infinity)) {
    return `must have at most ${option.maxLength} characters`;
  }
  if (option.pattern && !new RegExp(option.pattern, 'u').test(value)) {
    return option.patternReason ?? `must match ${option.pattern}`;
  }
  return undefined;
}

function problemOfChoice(
  option: OptionDefinition,
  value: OptionValue,
): string | undefined {
  if (!option.choices || option.choices.some(c => c.value === value)) {
    return undefined;
  }
  return `must be one of ${option.choices.map(c => c.value).join(', ')}`;
}

function problemsOfRule(rule: OptionRule, values: OptionValues) {
  if (!conditionsHold(rule.when, values)) {
    return [];
  }
  const broken: string[] = [];
  for (const [option, allowed] of Object.entries(rule.allow ?? {})) {
    if (!allowed.includes(values[option])) {
      broken.push(option);
    }
  }
  for (const option of rule.require ?? []) {
    if (values[option] === undefined) {
      broken.push(option);
    }
  }
  if (rule.atMost) {
    const [lower, upper] = rule.atMost;
    if (Number(values[lower]) > Number(values[upper])) {
      broken.push(lower);
    }
  }
  return broken.map(option => ({ option, reason: rule.reason }));
}
