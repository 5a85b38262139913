import type { JsonReader } from './JsonReader';
import { requireAtMost, sarifLimits, type Cuts } from './limits';
import { titleOf } from './plainText';

/** What a result needs of its rule. */
export interface SarifRule {
  id: string;
  title?: string;
  description?: string;
  help?: string;
  helpUri?: string;
  level?: string;
  /** `security-severity`, 0 to 10. */
  score?: number;
  tags: string[];
  /** Ids of the taxonomies it belongs to, such as `CWE-79`. */
  taxa: string[];
  messages: Map<string, string>;
}

/** The rules of a run. */
export interface SarifRules {
  of(result: JsonReader): SarifRule | undefined;
}

/** Reads the rules of the driver and of its extensions. */
export function readSarifRules(run: JsonReader, cuts: Cuts): SarifRules {
  const tool = run.at('tool');
  const extensions = tool.at('extensions').items();
  requireAtMost(
    sarifLimits.extensions,
    extensions.length,
    tool.at('extensions').path,
  );
  const components = [tool.at('driver'), ...extensions];
  let count = 0;
  const lists = components.map(component => {
    const rules = component.at('rules');
    count += rules.length;
    requireAtMost(sarifLimits.rules, count, rules.path);
    return rules.items().map(rule => readRule(rule, cuts));
  });
  const byId = new Map<string, SarifRule>();
  for (const rule of lists.flat()) {
    if (rule && !byId.has(rule.id)) byId.set(rule.id, rule);
  }
  return {
    of(result) {
      const reference = result.at('rule');
      const extension = reference.at('toolComponent').at('index').number();
      const list = lists[extension === undefined ? 0 : extension + 1] ?? [];
      const index =
        result.at('ruleIndex').number() ?? reference.at('index').number();
      const id = result.at('ruleId').text(256) ?? reference.at('id').text(256);
      const indexed = index === undefined ? undefined : list[index];
      if (indexed) return indexed;
      if (!id) return undefined;
      // `CA1000/1` is a part of the rule `CA1000`.
      return byId.get(id) ?? byId.get(id.split('/')[0]);
    },
  };
}

function readRule(rule: JsonReader, cuts: Cuts): SarifRule | undefined {
  const id = rule.at('id').text(256);
  if (!id) return undefined;
  const properties = rule.at('properties');
  const tags = properties.at('tags');
  requireAtMost(sarifLimits.tags, tags.length, tags.path);
  cuts.note(sarifLimits.tags, tags.length);
  const short = rule.at('shortDescription').at('text').raw();
  const full = rule.at('fullDescription').at('text');
  return {
    id,
    title: titleOf([short, full.raw(), rule.at('name').raw()], '') || undefined,
    description: full.text(8_000),
    help: rule.at('help').at('text').text(8_000),
    helpUri: rule.at('helpUri').raw(),
    level: rule.at('defaultConfiguration').at('level').text(16),
    score: properties.at('security-severity').numeric(),
    tags: tags.texts(sarifLimits.tags.kept),
    taxa: rule
      .at('relationships')
      .items()
      .map(relationship => {
        const target = relationship.at('target');
        const component = target.at('toolComponent').at('name').text(64);
        return `${component ?? ''}-${target.at('id').text(64) ?? ''}`;
      }),
    messages: new Map(
      rule
        .at('messageStrings')
        .entries()
        .map(([key, value]) => [key, value.at('text').raw() ?? '']),
    ),
  };
}
