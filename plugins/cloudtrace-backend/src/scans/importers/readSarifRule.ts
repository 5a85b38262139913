import type { JsonReader } from './JsonReader';
import { requireAtMost, sarifLimits, type Cuts } from './limits';
import { titleOf } from './plainText';

/** The fields of a rule that results need. */
export interface SarifRule {
  id: string;
  guid?: string;
  /** Ids that the rule had before. */
  deprecatedIds: string[];
  title?: string;
  description?: string;
  help?: string;
  helpUri?: string;
  level?: string;
  /** `security-severity`, 0 to 10. */
  score?: number;
  tags: string[];
  /** Ids of its taxonomies, such as `CWE-79`. */
  taxa: string[];
  messages: Map<string, string>;
}

/** Reads a reporting descriptor; `undefined` without an id. */
export function readSarifRule(
  rule: JsonReader,
  cuts: Cuts,
): SarifRule | undefined {
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
    guid: rule.at('guid').text(64),
    deprecatedIds: rule.at('deprecatedIds').texts(20, 256),
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
