import { conditionsHold } from './conditionsHold';
import type {
  OptionDefinition,
  OptionValue,
  OptionValues,
  TemplateOptions,
} from './types';

/**
 * Gives every option its answer: the one from the form if it applies, otherwise
 * the default.
 *
 * Drops answers to options that do not apply (a form keeps sending fields that
 * were hidden again) and empty strings, which a form sends for a cleared field.
 * Keeps unknown names, so that `findProblems` can reject them.
 *
 * @public
 */
export function normalizeOptions(
  template: TemplateOptions,
  answers: Record<string, unknown>,
): OptionValues {
  const values: OptionValues = {};
  for (const [name, answer] of Object.entries(answers)) {
    const text = typeof answer === 'string' ? answer.trim() : answer;
    if (text !== undefined && text !== null && text !== '') {
      values[name] = text as OptionValue;
    }
  }
  for (const [name, option] of Object.entries(template.options)) {
    const fallback = defaultOf(option, values);
    if (values[name] === undefined && fallback !== undefined) {
      values[name] = fallback;
    }
  }
  // After the defaults, because a condition may depend on one of them.
  for (const [name, option] of Object.entries(template.options)) {
    if (option.appliesWhen && !conditionsHold(option.appliesWhen, values)) {
      if (option.type === 'boolean') {
        values[name] = false;
      } else {
        delete values[name];
      }
    }
  }
  return values;
}

function defaultOf(
  option: OptionDefinition,
  values: OptionValues,
): OptionValue | undefined {
  const conditional = option.defaults?.find(({ when }) =>
    conditionsHold(when, values),
  );
  return conditional?.default ?? option.default;
}
