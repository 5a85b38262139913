import type { JsonReader } from './JsonReader';

const MAX_TEMPLATE = 16_384;

/**
 * Returns the text of a SARIF message: fills in arguments and replaces links
 * with their text and URL, if any.
 *
 * @param templates - Texts of the rule, by message id
 */
export function readSarifMessage(
  message: JsonReader,
  templates: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const own = message.at('text').raw() ?? message.at('markdown').raw();
  const named = templates?.get(message.at('id').raw() ?? '');
  const template = own ?? named;
  if (!template) return undefined;
  const values = message.at('arguments').texts(20, 1_024);
  const text = withoutLinks(template.slice(0, MAX_TEMPLATE));
  return own !== undefined && values.length === 0
    ? text.replace(/\{\{(\d{1,2})\}\}/g, '{$1}')
    : text.replace(/\{\{|\}\}|\{(\d{1,2})\}/g, (part, i) =>
        i === undefined ? part[0] : values[Number(i)] ?? part,
      );
}

/** `[x](1)`, a reference to a related location, becomes `x`. */
function withoutLinks(text: string): string {
  return text
    .replace(
      /(?<!\\)\[((?:[^[\]\\]|\\.){0,1000})\]\(([^()\s]{1,2000})\)/g,
      (_, label: string, target: string) =>
        /^https?:/i.test(target) && target !== label
          ? `${label} (${target})`
          : label,
    )
    .replace(/\\([[\]])/g, '$1');
}
