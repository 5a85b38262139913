import type { JsonReader } from './JsonReader';
import { requireAtMost, sarifLimits, type Cuts } from './limits';
import { readSarifRule, type SarifRule } from './readSarifRule';

/** The rules of a tool component: its driver or an extension. */
interface Component {
  guid?: string;
  name?: string;
  rules: Array<SarifRule | undefined>;
  byId: Map<string, SarifRule>;
}

/** The rules of a run. */
export class SarifRules {
  readonly #components: Component[];
  /** By invocation: levels that its configuration assigns to rules. */
  readonly #overrides: Array<Map<SarifRule, string>>;

  constructor(run: JsonReader, cuts: Cuts) {
    this.#components = readComponents(run.at('tool'), cuts);
    this.#overrides = run
      .at('invocations')
      .items()
      .map(invocation => this.#readOverrides(invocation));
  }

  /** The rule of a result. */
  of(result: JsonReader): SarifRule | undefined {
    const reference = result.at('rule');
    return this.#find({
      id: result.at('ruleId').text(256) ?? reference.at('id').text(256),
      guid: reference.at('guid').text(64),
      index: result.at('ruleIndex').number() ?? reference.at('index').number(),
      component: reference.at('toolComponent'),
    });
  }

  /** The level that the configuration of the result's invocation assigns to its rule. */
  overriddenLevel(
    result: JsonReader,
    rule: SarifRule | undefined,
  ): string | undefined {
    if (!rule) return undefined;
    const index = result.at('provenance').at('invocationIndex').number() ?? -1;
    const overrides =
      index >= 0 ? [this.#overrides[index]] : this.#overrides.slice(0, 1);
    return overrides[0]?.get(rule);
  }

  #readOverrides(invocation: JsonReader): Map<SarifRule, string> {
    const levels = new Map<SarifRule, string>();
    for (const item of invocation.at('ruleConfigurationOverrides').items()) {
      const descriptor = item.at('descriptor');
      const rule = this.#find({
        id: descriptor.at('id').text(256),
        guid: descriptor.at('guid').text(64),
        index: descriptor.at('index').number(),
        component: descriptor.at('toolComponent'),
      });
      const level = item.at('configuration').at('level').text(16);
      if (rule && level) levels.set(rule, level);
    }
    return levels;
  }

  /** The id takes precedence over the index: an index with another rule is wrong. */
  #find(reference: {
    id: string | undefined;
    guid: string | undefined;
    index: number | undefined;
    component: JsonReader;
  }): SarifRule | undefined {
    const { id, guid, index } = reference;
    const component = this.#findComponent(reference.component);
    const indexed = index === undefined ? undefined : component?.rules[index];
    if (id !== undefined) {
      if (indexed && isPartOf(id, indexed.id)) return indexed;
      return this.#findById(id, component);
    }
    if (guid !== undefined) {
      const named = this.#components
        .flatMap(({ rules }) => rules)
        .find(rule => rule?.guid === guid);
      if (named) return named;
    }
    return indexed;
  }

  #findComponent(reference: JsonReader): Component | undefined {
    const [driver, ...extensions] = this.#components;
    const guid = reference.at('guid').text(64);
    const name = reference.at('name').text(256);
    const index = reference.at('index').number() ?? -1;
    return (
      (guid && this.#components.find(item => item.guid === guid)) ||
      (index >= 0 && extensions[index]) ||
      (name && this.#components.find(item => item.name === name)) ||
      driver
    );
  }

  /** `CA1000/1` is a part of rule `CA1000`. */
  #findById(
    id: string,
    component: Component | undefined,
  ): SarifRule | undefined {
    const places = [...(component ? [component] : []), ...this.#components];
    for (
      let part = id;
      part;
      part = part.slice(0, Math.max(0, part.lastIndexOf('/')))
    ) {
      for (const { byId } of places) {
        const rule = byId.get(part);
        if (rule) return rule;
      }
    }
    return undefined;
  }
}

function isPartOf(id: string, ruleId: string): boolean {
  return id === ruleId || id.startsWith(`${ruleId}/`);
}

function readComponents(tool: JsonReader, cuts: Cuts): Component[] {
  const list = tool.at('extensions');
  const extensions = list.items();
  requireAtMost(sarifLimits.extensions, extensions.length, list.path);
  let count = 0;
  return [tool.at('driver'), ...extensions].map(component => {
    const own = component.at('rules');
    count += own.length;
    requireAtMost(sarifLimits.rules, count, own.path);
    const rules = own.items().map(rule => readSarifRule(rule, cuts));
    const byId = new Map<string, SarifRule>();
    for (const rule of rules) {
      if (rule && !byId.has(rule.id)) byId.set(rule.id, rule);
    }
    return {
      guid: component.at('guid').text(64),
      name: component.at('name').text(256),
      rules,
      byId,
    };
  });
}
