import { isMap, isSeq, parseDocument, visit } from 'yaml';

/**
 * Removes the choice `local` of the option `publish` from a template's form:
 * the first of the other choices becomes the default.
 *
 * @throws if the form has no such choice: the form has changed, and this
 * function needs an update
 */
export function withoutLocalPublishing(templateYaml) {
  const document = parseDocument(templateYaml);
  let changed = 0;
  visit(document.getIn(['spec', 'parameters']), {
    Pair(_, { key, value }) {
      if (key.value !== 'publish' || !isMap(value)) return;
      const choices = value.get('enum');
      const names = value.get('enumNames');
      if (!isSeq(choices) || !isSeq(names)) return;
      const at = choices.items.findIndex(item => item.value === 'local');
      if (at < 0) return;
      choices.delete(at);
      names.delete(at);
      value.set('default', choices.get(0));
      changed += 1;
    },
  });
  if (changed === 0) {
    throw new Error(
      'template.yaml no longer offers local publishing: update scripts/pack/withoutLocalPublishing.mjs',
    );
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
